"""A place on the map."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A town, or the centre of a postcode district with the town it belongs to; degrees (WGS 84)."""

    name: str
    region: str
    country_code: str
    latitude: float
    longitude: float
    population: int = 0
    country: str = ""
    code: str = ""

    @property
    def label(self) -> str:
        """As people write it: "Leeds, England, United Kingdom", "LS1, Leeds"."""
        if self.code:
            return f"{self.code}, {self.name}"
        region = "" if self.region == self.name else self.region
        return ", ".join(part for part in (self.name, region, self.country or self.country_code) if part)
