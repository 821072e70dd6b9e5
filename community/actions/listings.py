"""Groups from elsewhere are listed here, with their link, until someone claims them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, islice
from typing import Any

from django.db import transaction

from community import places
from community.actions.groups import LONGEST_SLUG, position, slug_for
from community.models import Group
from community.models.group import RESERVED_SLUGS
from community.places import Place
from live import changes

BATCH = 500
FACTS = (
    "name",
    "topic",
    "website",
    "is_online",
    "place_name",
    "region",
    "country_code",
    "latitude",
    "longitude",
    "time_zone",
)
FALLBACK_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Listed:
    """A group as its source describes it; `place` is None where it could not be located."""

    key: str
    name: str
    city: str
    region: str
    country: str
    website: str
    is_online: bool
    topic: str
    place: Place | None


@dataclass(slots=True)
class Outcome:
    """What became of a batch, in names of groups where that helps."""

    added: int = 0
    changed: int = 0
    same: int = 0
    claimed: list[str] = field(default_factory=list)
    """Left alone: they live here now and say themselves what is true of them."""


def store(*, source: str, listings: Iterable[Listed], at: datetime, dry_run: bool = False) -> Outcome:
    """Add and update by (source, key); the same file twice changes nothing. One transaction, queries by batch."""
    outcome = Outcome()
    listings = iter(listings)
    with transaction.atomic():
        slugs = set(Group.objects.values_list("slug", flat=True))
        while batch := list(islice(listings, BATCH)):
            _store(source, batch, slugs, at, outcome)
        if dry_run:
            transaction.set_rollback(True)
    return outcome


def _store(source: str, batch: list[Listed], slugs: set[str], at: datetime, outcome: Outcome) -> None:
    listings = Group.objects.select_for_update().filter(source=source)
    kept = {group.source_key: group for group in listings.filter(source_key__in=[each.key for each in batch])}
    new, changed = [], []
    for listed in batch:
        facts = _facts(listed)
        group = kept.get(listed.key)
        if group is None:
            slug = _free(slug_for(listed.name, listed.place), slugs)
            new.append(_new(slug, source, listed.key, at, facts))
        elif group.state != Group.State.LISTED:
            outcome.claimed.append(group.name)
        elif any(getattr(group, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(group, name, value)
            changed.append(group)
        else:
            outcome.same += 1
    Group.objects.bulk_create(new, batch_size=BATCH)
    Group.objects.bulk_update(changed, FACTS, batch_size=100)
    if new or changed:
        changes.changed(changes.EVERYTHING)
    outcome.added += len(new)
    outcome.changed += len(changed)


def _new(slug: str, source: str, key: str, at: datetime, facts: dict[str, Any]) -> Group:
    state = Group.State.LISTED
    return Group(slug=slug, source=source, source_key=key, state=state, founded_at=at, **facts)


def _facts(listed: Listed) -> dict[str, Any]:
    """The fields of the group; without a place, what the source says of it in words."""
    words = {
        "place_name": listed.city,
        "region": listed.region,
        "country_code": places.country_code(listed.country),
        "latitude": None,
        "longitude": None,
    }
    zone = places.zone_of(listed.place) if listed.place else ""
    return {
        "name": listed.name,
        "topic": listed.topic,
        "website": listed.website,
        "is_online": listed.is_online,
        "time_zone": zone or FALLBACK_ZONE,
        **(position(listed.place) or words),
    }


def _free(wished: str, slugs: set[str]) -> str:
    """The wished slug or the next free one, taken at once."""
    for number in count(1):
        ending = f"-{number}" if number > 1 else ""
        slug = f"{wished[: LONGEST_SLUG - len(ending)]}{ending}"
        if slug not in slugs and slug not in RESERVED_SLUGS:
            slugs.add(slug)
            return slug
    raise AssertionError
