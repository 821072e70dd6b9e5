"""Bringing a group's history and future in from another calendar: looked over first, then all at once."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction

from community.models import Group, Member
from meetups.actions import dates, meetups
from meetups.actions.details import Details, about_html, fresh, slug_of
from meetups.ical import reading
from meetups.ical.reading import Found, Problem, Window
from meetups.models import CalendarImport, ImportedDate, Meetup, Venue
from meetups.policies import may_run
from meetups.text import when

BACK, AHEAD = timedelta(days=3653), timedelta(days=731)
KEPT = timedelta(days=1)
KEPT_HERE = ("online_url", "capacity", "guests_allowed", "answers_open_at", "answers_close_at")
"""What a calendar says nothing of."""


@dataclass(slots=True)
class Brought:
    """What a calendar brings, or brought: dates by what becomes of them, and what cannot come in."""

    name: str = ""
    new: list[Found] = field(default_factory=list)
    changed: list[Found] = field(default_factory=list)
    same: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def in_order(self) -> list[tuple[Found, str]]:
        """New and changed ones, by time."""
        both = [(each, "new") for each in self.new] + [(each, "changed") for each in self.changed]
        return sorted(both, key=lambda pair: pair[0].starts_at)


def begin(*, actor: Member, group: Group, text: str, source: str, at: datetime) -> CalendarImport:
    """Keep a calendar to be looked over; it takes the place of an earlier one. Raises `reading.NotACalendar`."""
    may_run(actor, group).or_refuse()
    clean = text.replace("\x00", "")
    reading.read(clean, time_zone=group.time_zone, window=_window(at))
    facts = {"source": source[:500], "text": clean, "made_at": at}
    return CalendarImport.objects.update_or_create(group=group, member=actor, defaults=facts)[0]


def look_over(pending: CalendarImport, at: datetime) -> Brought:
    """What bringing it in would do; two queries, nothing is written."""
    return _sorted(pending, _there(pending.group_id), at)


def bring(*, actor: Member, pending: CalendarImport, at: datetime) -> Brought:
    """Make and change evenings; those with answers hear of another date as if it had been changed here."""
    may_run(actor, pending.group).or_refuse()
    with transaction.atomic():
        dates.lock(pending.group_id)
        there = _there(pending.group_id)
        brought = _sorted(pending, there, at)
        places = {venue.name: venue for venue in Venue.objects.filter(group=pending.group_id).order_by("-pk")}
        for found in brought.changed:
            _change(actor, there[found.uid, found.occurrence], found, _venue(pending.group, found, places, at), at)
        _make(actor, pending.group, brought.new, places, at)
        pending.delete()
        dates.keep(pending.group_id, at)
        return brought


def give_up(*, actor: Member, pending: CalendarImport) -> None:
    """Throw away what was looked over."""
    CalendarImport.objects.filter(pk=pending.pk, member=actor).delete()


def sweep(at: datetime) -> int:
    """Forget calendars that nobody brought in within a day; how many. Due work."""
    return CalendarImport.objects.filter(made_at__lt=at - KEPT).delete()[0]


def _window(at: datetime) -> Window:
    return Window(at - BACK, at + AHEAD)


def _there(group_id: int) -> dict[tuple[str, str], ImportedDate]:
    rows = ImportedDate.objects.filter(group=group_id).select_related("meetup")
    return {(row.uid, row.occurrence): row for row in rows}


def _sorted(pending: CalendarImport, there: dict[tuple[str, str], ImportedDate], at: datetime) -> Brought:
    found = reading.read(pending.text, time_zone=pending.group.time_zone, window=_window(at))
    brought = Brought(name=found.name, problems=found.problems)
    for each in found.dates:
        known = there.get((each.uid, each.occurrence))
        if each.is_all_day:
            brought.problems.append(Problem(each.line, each.title, "It lasts all day; a meetup needs a time."))
        elif known is None and not each.is_cancelled:
            brought.new.append(each)
        elif known is not None and known.fingerprint != _fingerprint(each):
            brought.changed.append(each)
        else:
            brought.same.append(each)
    named, uids = {(each.uid, each.occurrence) for each in found.dates}, {each.uid for each in found.dates}
    for known in there.values():
        is_live = known.meetup.starts_at > at and not known.meetup.is_cancelled
        if is_live and known.uid in uids and (known.uid, known.occurrence) not in named:
            day = f"{known.meetup.title}, {when(known.meetup)}"
            brought.problems.append(Problem(0, day, "It is not there any more. If it is off, cancel it here."))
    brought.problems.sort(key=lambda problem: problem.line)
    return brought


def _fingerprint(found: Found) -> str:
    said = replace(found, line=0)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _venue(group: Group, found: Found, places: dict[str, Venue], at: datetime) -> Venue | None:
    """The place by the first part of what the calendar says of it."""
    name, _, address = (part.strip() for part in found.place.replace("\n", ", ").partition(","))
    if not name or "://" in found.place:
        return None
    name = name[:120]
    if name not in places:
        places[name] = Venue.objects.create(group=group, name=name, address=address[:300], created_at=at)
    return places[name]


def _details(found: Found, venue: Venue | None) -> Details:
    return Details(
        title=found.title,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        time_zone=found.time_zone,
        venue=venue,
        about=found.text,
    )


def _make(actor: Member, group: Group, found: list[Found], places: dict[str, Venue], at: datetime) -> None:
    rows = []
    for each in found:
        details = _details(each, _venue(group, each, places, at))
        rows.append(fresh(group, details, at, by=actor, about_html=about_html(each.text, actor)))
    Meetup.objects.bulk_create(rows)
    ImportedDate.objects.bulk_create(
        [
            ImportedDate(
                group=group, meetup=row, uid=each.uid, occurrence=each.occurrence, fingerprint=_fingerprint(each)
            )
            for row, each in zip(rows, found, strict=True)
        ]
    )


def _change(actor: Member, known: ImportedDate, found: Found, venue: Venue | None, at: datetime) -> None:
    meetup = known.meetup
    if meetup.ends_at > at and not meetup.is_cancelled:
        if found.is_cancelled:
            meetups.cancel(actor=actor, meetup=meetup, why="", at=at)
        else:
            kept = {name: getattr(meetup, name) for name in KEPT_HERE}
            meetups.amend(actor=actor, meetup=meetup, details=replace(_details(found, venue), **kept), at=at)
    elif not meetup.is_cancelled:
        _rewrite(actor, meetup, _details(found, venue), at)
    ImportedDate.objects.filter(pk=known.pk).update(fingerprint=_fingerprint(found))


def _rewrite(actor: Member, meetup: Meetup, details: Details, at: datetime) -> None:
    """An evening that is over: the record is put right, and nobody is told."""
    names = ("title", "starts_at", "ends_at", "time_zone", "venue", "about")
    for name in names:
        setattr(meetup, name, getattr(details, name))
    meetup.slug, meetup.about_html = slug_of(details.title), about_html(details.about, actor)
    meetup.sequence, meetup.changed_at = meetup.sequence + 1, at
    meetup.save(update_fields=[*names, "slug", "about_html", "sequence", "changed_at"])
