"""Places, offline: a town or a postcode → a position.

The gazetteer is a SQLite file in `var/`, built by `manage.py build_gazetteer` from data that came with the install.
Open first: `lookup.py`.
"""

from community.places.lookup import find, hint, search, suggest
from community.places.place import Place

__all__ = ["Place", "find", "hint", "search", "suggest"]
