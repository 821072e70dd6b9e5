"""Numbers of the advisory locks on PostgreSQL, in the order in which they are taken."""

NEUTRALITY_LOCK = 0x50494C4F54
"""Held by whoever writes a governing role, an affiliation or a sponsorship; taken before any row of those is locked."""
