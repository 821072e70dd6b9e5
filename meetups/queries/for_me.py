"""What those who were there made of the slots, in numbers that show nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q

from community.models import Group, Member
from meetups.models import Meetup, SlotAnswer

FEWEST = 3
"""Members whose answers make a number."""
YEAR = timedelta(days=366)
MOST = 12


@dataclass(frozen=True, slots=True)
class Echo:
    """A slot or a subject: for so many of those who said."""

    name: str
    yes: int
    of: int
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Echoes:
    """For organisers who plan."""

    subjects: list[Echo]
    slots: list[Echo]


def mine(meetup: Meetup, member: Member | None) -> dict[int, bool]:
    """What this member said, by slot; one query."""
    if member is None or not member.pk:
        return {}
    rows = SlotAnswer.objects.filter(item__meetup=meetup, member=member)
    return dict(rows.values_list("item", "is_for_me"))


def of_group(group: Group, at: datetime) -> Echoes:
    """The last year by subject, and the latest slots; two queries. Fewer than three members make no number."""
    lately = SlotAnswer.objects.filter(item__meetup__group=group, item__meetup__starts_at__gt=at - YEAR)
    by_subject = _counted(lately.exclude(item__subject=None).values(name=F("item__subject__name")))
    by_slot = _counted(lately.values("item", name=F("item__title"), when=F("item__meetup__starts_at")))
    return Echoes(
        [Echo(row["name"], row["yes"], row["of"]) for row in by_subject.order_by("-yes", "name")[:MOST]],
        [
            Echo(row["name"], row["yes"], row["of"], row["when"])
            for row in by_slot.order_by("-when", "-yes", "item")[:MOST]
        ],
    )


def _counted(rows: Any) -> Any:
    people = Count("member", distinct=True)
    counted = rows.annotate(of=Count("pk"), yes=Count("pk", filter=Q(is_for_me=True)), people=people)
    return counted.filter(people__gte=FEWEST)
