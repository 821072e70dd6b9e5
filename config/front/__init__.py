"""Pages kept for visitors, in front of everything: no session, no database and no template stand behind a hit.

Open first: `pages.py`. `asking.py` says who is a visitor, `wsgi.py` and `asgi.py` are the two doors.
"""
