"""Talk while a meetup runs.

Owns:  rooms, messages, what each member has read.
Uses:  forum (to make topics of messages), moderation, community and below.
Open first: `actions/messages.py`.
"""
