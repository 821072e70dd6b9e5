"""How trust is shown: the levels in words, where a member stands, what the next level takes."""

from dataclasses import dataclass, field
from datetime import datetime

from community import registry
from community.models import Member, TrustChange
from community.policies import trust
from community.queries.trust import changes as changes_of


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing the next level still takes, in words."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Level:
    """A row of the help page."""

    number: int
    name: str
    limits: trust.Limits
    step: trust.Step | None
    evenings: int = 0

    @property
    def deeds(self) -> list[tuple[int, str]]:
        """How many of what, in words."""
        return [(number, _words(name, number)) for name, number in self.step.deeds.items()] if self.step else []


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member stands: name of the level, what the next one takes, and how they came here, newest first."""

    level: int
    name: str
    next_name: str = ""
    lacks: list[Lack] = field(default_factory=list)
    changes: list[TrustChange] = field(default_factory=list)


def levels() -> list[Level]:
    """All five, from the numbers that are used."""
    steps = {step.level: step for step in trust.STEPS}
    evenings = {trust.Trust.BASIC: trust.EVENINGS_FOR_BASIC, trust.Trust.KNOWN: trust.EVENINGS_FOR_KNOWN}
    return [
        Level(each.value, trust.NAMES[each], trust.LIMITS[each], steps.get(each), evenings.get(each, 0))
        for each in trust.Trust
    ]


def place_of(member: Member, at: datetime) -> Place:
    """As things are at `at`."""
    changes = list(changes_of(member)[:50])
    level = trust.Trust(member.trust)
    step = next((each for each in trust.STEPS if each.level == level + 1), None)
    if step is None or member.is_trust_by_hand:
        return Place(level, trust.NAMES[level], changes=changes)
    lacks = [
        Lack(number, _words(name, number)) for name, number in trust.missing(member, step, facts_of(member, at)).items()
    ]
    return Place(level, trust.NAMES[level], trust.NAMES[step.level], lacks, changes)


def facts_of(member: Member, at: datetime) -> trust.Facts:
    """What every floor knows of one member."""
    mine = {member.pk}
    ever, lately = registry.deeds(mine, None), registry.deeds(mine, at - trust.SEASON)
    return trust.Facts(at, ever[member.pk], lately[member.pk])


def _words(name: str, number: int) -> str:
    words = "day{s} since you joined" if name == "days" else trust.DEEDS[name]
    return words.format(s="" if number == 1 else "s")
