"""Everything the site holds of a member, to take away. Open first: `archive.py`; each floor adds rows by registry."""
