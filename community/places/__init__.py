"""Places, offline: a town or a postcode → a position.

The gazetteer is a SQLite file in `var/`, built by `manage.py build_gazetteer` from data that came with the install.
Open first: `lookup.py`.
"""

from community.places.lookup import country_code, country_names, find, hint, search, suggest
from community.places.place import Place
from community.places.zones import zone_of

__all__ = ["Place", "country_code", "country_names", "find", "hint", "search", "suggest", "zone_of"]
