"""Telling people: inbox, mail out, mail in.

Owns:  notices, preferences, the outbox, the door for incoming mail.
Uses:  live.
Open first: `actions/notify.py`.
"""
