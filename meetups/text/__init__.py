"""Words, and nothing but words."""

from meetups.text.evenings import (
    OPENSTREETMAP,
    PARTY_RULE,
    every,
    invitation,
    map_url,
    talk_of,
    when,
    where,
)

__all__ = ["OPENSTREETMAP", "PARTY_RULE", "every", "invitation", "map_url", "talk_of", "when", "where"]
