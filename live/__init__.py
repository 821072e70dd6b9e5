"""The one socket and the hub that fans events out.

Owns:  the socket protocol, the hub, the table of streams, and what has changed for kept pages.
Uses:  nothing above it; it knows ids and JSON, not people.
Open first: `publish.py to say something, changes.py to be seen anew, registry.py to be listened to`.
"""
