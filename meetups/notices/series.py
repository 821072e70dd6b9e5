"""Who hears of a whole series: each person once, whatever the number of dates."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from community.models import Member
from meetups.models import Meetup, Rsvp, Series, StandingRsvp
from meetups.notices import evenings
from meetups.notices.telling import concerned, dates, holders, organisers, tell
from meetups.text import when


def stands(standing: StandingRsvp, given: list[Rsvp], at: datetime) -> None:
    """To someone who comes every time: one notice for all dates, and one to the organisers."""
    series, nearest = standing.series, min((rsvp.meetup for rsvp in given), key=lambda each: each.starts_at)
    waits = sum(rsvp.state != Rsvp.State.GOING for rsvp in given)
    waiting = f"On {dates(waits)} you wait for a seat. " if waits else ""
    tell(
        [standing.member_id],
        nearest,
        kind="meetups.stands",
        title=f"You are put down for {dates(len(given))} of {series.title}, first {when(nearest)}",
        excerpt=f"{waiting}Say no to any of them on its own page.",
        dedupe=f"meetups.stands:{standing.pk}",
        at=at,
    )
    tell(
        organisers(series.group_id, about=standing.member),
        nearest,
        kind="meetups.joined",
        title=f"{standing.member.shown_name} comes to {series.title} every time",
        excerpt=f"Put down for {dates(len(given))}",
        dedupe=f"meetups.stands:{standing.pk}",
        at=at,
        actor_id=standing.member_id,
    )


def series_changed(series: Series, moved: Iterable[Meetup], actor: Member, at: datetime) -> None:
    """Those who have dates that moved: one notice each.

    Who holds a mailed invitation hears date by date instead: only a mail of its own moves an event in their calendar.
    """
    those = list(moved)
    for meetup in those:
        evenings.changed(meetup, actor, at, only=holders(meetup))
    for mine, people in _by_dates(those):
        title = f"Moved: {dates(len(mine))} of {series.title}, next {when(mine[0])}"
        words = "Their pages and your calendar show the new times and places."
        _tell(people, mine[0], "meetups.series", title, words, actor, at)


def series_cancelled(series: Series, gone: Iterable[Meetup], why: str, actor: Member, at: datetime) -> None:
    """Those who had answered dates that were called off: one notice each, and a mail for each mailed invitation."""
    those = list(gone)
    for meetup in those:
        evenings.cancelled(meetup, actor, at, only=holders(meetup))
    for mine, people in _by_dates(those):
        title = f"Cancelled: {dates(len(mine))} of {series.title}, from {when(mine[0])}"
        _tell(people, mine[0], "meetups.series_cancelled", title, why, actor, at)


def _tell(people: list[int], nearest: Meetup, kind: str, title: str, words: str, actor: Member, at: datetime) -> None:
    """One notice for all their dates, led to by the nearest; once for each version of it."""
    dedupe = f"{kind}:{nearest.pk}:{nearest.sequence}"
    tell(people, nearest, kind=kind, title=title, excerpt=words, dedupe=dedupe, at=at, actor_id=actor.pk)


def _by_dates(those: list[Meetup]) -> list[tuple[list[Meetup], list[int]]]:
    """People without a mailed invitation, together where the same dates concern them; the dates soonest first."""
    mine: dict[int, list[Meetup]] = defaultdict(list)
    for meetup in sorted(those, key=lambda each: each.starts_at):
        for member_id in set(concerned(meetup)) - holders(meetup):
            mine[member_id].append(meetup)
    together: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for member_id, evening in mine.items():
        together[tuple(each.pk for each in evening)].append(member_id)
    return [(mine[people[0]], people) for people in together.values()]
