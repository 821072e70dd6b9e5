"""Talk while a meetup runs.

Owns:  rooms, messages, what each member has read and keeps, questions, topics made of messages.
Uses:  forum (for those topics), moderation, community and below.
Open first: `actions/messages.py`.
"""
