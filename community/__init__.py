"""People and the groups they form.

Owns:  members, organisations, affiliations, groups, memberships, sanctions, the group's log, safe text.
Uses:  notifications, live, assets.
Open first: `models/member.py, then actions/memberships.py`.
"""
