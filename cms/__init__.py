"""Pages that show the rest.

Owns:  Wagtail pages (home, content, news); pages composed from many floors (home, a group's front, a profile, search).
Uses:  everything below.
Open first: `models/home.py and views/groups.py`.
"""
