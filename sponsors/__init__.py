"""Vendors, in the open: they support a group and cannot own it.

Owns:  packages, sponsorships, vendor events, the public ledger, the neutrality guards.
Uses:  moderation, community and below.
Open first: `models/sponsorship.py, then models/guards.py`.
"""
