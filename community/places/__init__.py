"""Places, offline: a town or a postcode → a position.

The gazetteer is a SQLite file in `var/`, built by `manage.py build_gazetteer` from data that came with the install.
Open first: `find.py`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A town or a postcode district, in degrees (WGS 84)."""

    name: str
    region: str
    country_code: str
    latitude: float
    longitude: float
    population: int = 0

    @property
    def label(self) -> str:
        """As people write it: "Leeds, England, GB"."""
        return ", ".join(part for part in (self.name, self.region, self.country_code) if part)
