"""Trust: what each level takes and what it allows, as plain numbers for groups of a dozen (decision 0040)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from community.models import Member
from community.policies.groups import moderates_site
from community.text import Rendered
from community.verdicts import YES, Verdict, no

Trust = Member.Trust

NAMES = {
    Trust.NEW: "New here",
    Trust.BASIC: "Settled in",
    Trust.KNOWN: "Known",
    Trust.REGULAR: "A regular",
    Trust.ELDER: "An elder",
}

SEASON = timedelta(days=100)
"""A regular is judged by the last hundred days."""

HELD = timedelta(days=14)
"""A quiet fortnight costs nobody their level."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a level takes. `days` since joining; `deeds` by name, counted for ever or over the last `SEASON`."""

    level: Trust
    days: int
    deeds: Mapping[str, int]
    is_seasonal: bool = False


DEEDS = {
    "evenings": "evening{s} you came to",
    "topics_read": "topic{s} you read",
    "posts_read": "post{s} you read",
    "topics_answered": "topic{s} of others you answered in",
    "days_written": "day{s} you wrote on",
}
"""What is counted, in words (`{s}` where it is not one); the floors that know tell the numbers.

They do it through `community.registry.register_deeds`.
"""

STEPS = (
    Step(Trust.BASIC, 1, {"topics_read": 5, "posts_read": 30}),
    Step(Trust.KNOWN, 15, {"topics_read": 20, "posts_read": 100, "topics_answered": 3, "days_written": 3}),
    Step(Trust.REGULAR, 50, {"topics_read": 15, "topics_answered": 10, "days_written": 10}, is_seasonal=True),
)
"""Each level is reached from the one below; the fourth is given by hand."""

EVENINGS_FOR_BASIC = 1
EVENINGS_FOR_KNOWN = 3
"""People who have met need no counting of clicks: evenings stand for a whole step."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much, in what time; `links`, `pictures` and `mentions` are those of one text."""

    topics_a_day: int
    posts_a_day: int
    posts_in_five_minutes: int
    links: int
    pictures: int
    mentions: int
    pictures_a_day: int
    reactions_a_day: int
    changes_a_day: int


LIMITS = {
    Trust.NEW: Limits(3, 13, 10, 2, 1, 2, 3, 20, 10),
    Trust.BASIC: Limits(10, 100, 30, 30, 20, 20, 30, 100, 30),
    Trust.KNOWN: Limits(20, 200, 30, 60, 30, 30, 60, 200, 60),
    Trust.REGULAR: Limits(20, 200, 30, 100, 40, 50, 100, 300, 90),
    Trust.ELDER: Limits(40, 400, 60, 100, 40, 50, 200, 300, 200),
}


def is_new(member: Member) -> bool:
    """Newcomers' limits hold for them: having come to a meetup once lifts these."""
    return member.trust == Trust.NEW and member.attended_at is None


def limits_of(member: Member) -> Limits:
    """What this member may do in a day, and in one text."""
    return LIMITS[Trust(max(member.trust, Trust.NEW if is_new(member) else Trust.BASIC))]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a member at `at`: deeds in all and of the season, and whether a sanction fell in it."""

    at: datetime
    ever: Mapping[str, int]
    lately: Mapping[str, int]
    is_sanctioned: bool = False


def missing(member: Member, step: Step, facts: Facts) -> dict[str, int]:
    """What this step still takes, by name of the deed (or "days"); empty when it is reached."""
    deeds = facts.lately if step.is_seasonal else facts.ever
    short = {name: wanted - deeds.get(name, 0) for name, wanted in step.deeds.items()}
    short["days"] = step.days - (facts.at - member.joined_at).days
    evenings = {Trust.BASIC: EVENINGS_FOR_BASIC, Trust.KNOWN: EVENINGS_FOR_KNOWN}.get(step.level, 0)
    came = max(facts.ever.get("evenings", 0), int(member.attended_at is not None))
    if evenings and came >= evenings:
        return {}
    return {name: number for name, number in short.items() if number > 0}


def earned(member: Member, facts: Facts) -> Trust:
    """The level these facts make, by steps; a sanction in the season keeps anyone from being a regular."""
    level = Trust.NEW
    for step in STEPS:
        if (step.is_seasonal and facts.is_sanctioned) or missing(member, step, facts):
            break
        level = step.level
    return level


def may_hold(member: Member, rendered: Rendered) -> Verdict:
    """Links, pictures and people named in one text; what was typed can be shortened and sent again."""
    allowed = limits_of(member)
    until = "Until you have been to a meetup, or have read along for a day, a" if is_new(member) else "A"
    for found, most, word in (
        (rendered.link_count, allowed.links, "link"),
        (rendered.picture_count, allowed.pictures, "picture"),
        (len(rendered.mentioned_ids), allowed.mentions, "person named"),
    ):
        if found > most:
            named = {"person named": "people named"}.get(word, f"{word}s") if most != 1 else word
            return no(f"{until} text may hold {most} {named} at most; yours has {found}. It is kept: take some out.")
    return YES


def may_set(actor: Member | None, member: Member) -> Verdict:
    """Those who moderate the site give a level by hand; to nobody's surprise, not their own."""
    if not moderates_site(actor):
        return no("Only those who moderate the site set a level by hand.")
    if actor is not None and actor.pk == member.pk:
        return no("Nobody sets their own level.")
    return YES
