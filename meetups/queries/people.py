"""Who is coming, who came."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Count

from community.models import Member
from meetups.models import Attendance, Meetup, Rsvp
from meetups.queries import questions

FACES = 60


@dataclass(frozen=True, slots=True)
class Coming:
    """Those who are going, as far as they want to be named; the others as a number."""

    named: list[Rsvp] = field(default_factory=list)
    unnamed: int = 0
    more: int = 0


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """A line of the door list."""

    name: str
    guests: int
    member: Member | None
    attendance: Attendance | None
    note: str = ""
    replies: Mapping[int, str] = field(default_factory=dict)
    """What they answered the organisers, by question."""


def coming(meetup: Meetup) -> Coming:
    """Going, first come first; one query. Members who rather are not named are counted only."""
    going = Rsvp.objects.going().filter(meetup=meetup).select_related("member", "member__avatar")
    rows = list(going.order_by("created_at", "pk")[:FACES])
    named = [rsvp for rsvp in rows if rsvp.member.is_listed_by_name]
    return Coming(named, len(rows) - len(named), max(0, meetup.going_count - len(rows)))


def door_list(meetup: Meetup) -> list[AtTheDoor]:
    """Everyone who is going, by name, then who came without; two queries. For organisers: everyone is named."""
    here = Attendance.objects.filter(meetup=meetup).select_related("member").order_by("checked_in_at", "pk")
    came = {each.member_id: each for each in here if each.member_id}
    going = Rsvp.objects.going().filter(meetup=meetup).select_related("member")
    lines = [
        AtTheDoor(
            rsvp.member.shown_name,
            rsvp.guests,
            rsvp.member,
            came.pop(rsvp.member_id, None),
            "online" if rsvp.is_online else "",
        )
        for rsvp in going
    ]
    lines.sort(key=lambda line: line.name.casefold())
    lines += [AtTheDoor(str(each.member), 0, each.member, each, "had not said") for each in came.values()]
    walked = [each for each in here if each.member_id is None]
    return lines + [AtTheDoor(each.walk_in_name, 0, None, each, "walked in") for each in walked]


def with_replies(lines: list[AtTheDoor], meetup: Meetup) -> list[AtTheDoor]:
    """The door list with what each answered; one query."""
    said = questions.by_member(meetup)
    return [replace(line, replies=said.get(line.member.pk, {})) if line.member else line for line in lines]


def deeds(member_ids: set[int], since: datetime | None) -> dict[str, dict[int, int]]:
    """Evenings these members came to, as trust counts them; one query."""
    came = Attendance.objects.filter(member__in=member_ids)
    if since is not None:
        came = came.filter(checked_in_at__gt=since)
    return {"evenings": dict(came.values_list("member").annotate(Count("pk")).order_by())}
