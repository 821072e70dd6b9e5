"""The one socket and the hub that fans events out.

Owns:  the socket protocol, the hub, the table of streams.
Uses:  nothing above it; it knows ids and JSON, not people.
Open first: `publish.py to say something, registry.py to be listened to`.
"""
