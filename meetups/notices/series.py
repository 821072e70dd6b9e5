"""Who hears of a whole series: each person once, whatever the number of dates."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from community.models import Block, Member, Membership
from meetups.models import Meetup, Rsvp, Series, StandingRsvp
from meetups.notices.evenings import cancelled, changed, concerned, tell
from meetups.text import when

State = Rsvp.State


def stands(standing: StandingRsvp, given: list[Rsvp], at: datetime) -> None:
    """To someone who comes every time: one notice for all dates, and one to the organisers."""
    series, nearest = standing.series, min((rsvp.meetup for rsvp in given), key=lambda each: each.starts_at)
    waits = sum(rsvp.state != State.GOING for rsvp in given)
    waiting = f"On {_dates(waits)} you wait for a seat. " if waits else ""
    tell(
        [standing.member_id],
        nearest,
        kind="meetups.stands",
        title=f"You are put down for {_dates(len(given))} of {series.title}, first {when(nearest)}",
        excerpt=f"{waiting}Say no to any of them on its own page.",
        dedupe=f"meetups.stands:{standing.pk}",
        at=at,
    )
    organisers = Membership.objects.live().organising().filter(group=series.group_id)
    blocking = Block.objects.filter(blocked=standing.member_id).values("member")
    tell(
        organisers.exclude(member__in=blocking).values_list("member", flat=True),
        nearest,
        kind="meetups.joined",
        title=f"{standing.member.shown_name} comes to {series.title} every time",
        excerpt=f"Put down for {_dates(len(given))}",
        dedupe=f"meetups.stands:{standing.pk}",
        at=at,
        actor_id=standing.member_id,
    )


def _dates(count: int) -> str:
    return f"{count} date{'s' if count != 1 else ''}"


def series_changed(series: Series, moved: Iterable[Meetup], actor: Member, at: datetime) -> None:
    """Those who have dates that moved: one notice each.

    Who holds a mailed invitation hears date by date instead: only a mail of its own moves an event in their calendar.
    """
    evenings = list(moved)
    for meetup in evenings:
        holders = meetup.invitations.values_list("member", flat=True)
        changed(meetup, actor, at, only=set(holders))
    for mine, people in _by_dates(evenings):
        nearest = mine[0]
        tell(
            people,
            nearest,
            kind="meetups.series",
            title=f"Moved: {_dates(len(mine))} of {series.title}, next {when(nearest)}",
            excerpt="Their pages and your calendar show the new times and places.",
            dedupe=f"meetups.series:{nearest.pk}:{nearest.sequence}",
            at=at,
            actor_id=actor.pk,
        )


def series_cancelled(series: Series, gone: Iterable[Meetup], why: str, actor: Member, at: datetime) -> None:
    """Those who had answered dates that were called off: one notice each, and a mail for each mailed invitation."""
    evenings = list(gone)
    for meetup in evenings:
        holders = meetup.invitations.values_list("member", flat=True)
        cancelled(meetup, actor, at, only=set(holders))
    for mine, people in _by_dates(evenings):
        nearest = mine[0]
        tell(
            people,
            nearest,
            kind="meetups.series_cancelled",
            title=f"Cancelled: {_dates(len(mine))} of {series.title}, from {when(nearest)}",
            excerpt=why,
            dedupe=f"meetups.series_cancelled:{nearest.pk}:{nearest.sequence}",
            at=at,
            actor_id=actor.pk,
        )


def _by_dates(evenings: list[Meetup]) -> list[tuple[list[Meetup], list[int]]]:
    """People without a mailed invitation, together where the same dates concern them; the dates soonest first."""
    mine: dict[int, list[Meetup]] = defaultdict(list)
    for meetup in sorted(evenings, key=lambda each: each.starts_at):
        invited = set(meetup.invitations.values_list("member", flat=True))
        for member_id in set(concerned(meetup)) - invited:
            mine[member_id].append(meetup)
    together: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for member_id, dates in mine.items():
        together[tuple(each.pk for each in dates)].append(member_id)
    return [(mine[people[0]], people) for people in together.values()]
