"""The joined calendar: evenings of all groups, vendors' events and programmes, each thing once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.models import Group, Member
from community.places import Place
from community.queries.groups import within
from meetups.models import AgendaItem, Meetup, ProgrammeEvent
from meetups.queries.calendars import AT_MOST
from sponsors.models import VendorEvent

Entry = Meetup | VendorEvent | ProgrammeEvent


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for; all of it together."""

    mine: Member | None = None
    group: str = ""
    near: Place | None = None
    km: int = 40
    is_online: bool = False
    subject: str = ""
    """The slug of what a published agenda holds."""

    @property
    def is_narrow(self) -> bool:
        """Something is left out."""
        return any((self.mine, self.group, self.near, self.is_online, self.subject))

    def groups(self) -> QuerySet[Group] | None:
        """The groups whose evenings are meant, to be asked inside another query; None for all."""
        rows: QuerySet[Group] | None = None
        if self.near is not None:
            rows = within(latitude=self.near.latitude, longitude=self.near.longitude, km=self.km)
        if self.group:
            rows = (Group.objects.all() if rows is None else rows).filter(slug=self.group)
        if self.mine is not None:
            places = self.mine.memberships.live().values("group")
            rows = (Group.objects.all() if rows is None else rows).filter(pk__in=places)
        return rows


def coming(at: datetime, wanted: Wanted) -> list[Entry]:
    """What is not over yet, in order of time; three queries."""
    return _joined(Q(ends_at__gt=at), Q(state=Meetup.State.PUBLISHED), wanted)


def tell_subjects(entries: Iterable[Entry]) -> None:
    """Say of each evening what its published agenda is about (`subjects`); a query where one is out."""
    out = {each.pk: each for each in entries if isinstance(each, Meetup) and each.agenda_published_at}
    if not out:
        return
    rows = AgendaItem.objects.filter(meetup__in=out).exclude(subject=None).order_by("meetup", "position", "pk")
    found: dict[int, list[str]] = {}
    for number, name in rows.values_list("meetup", "subject__name"):
        names = found.setdefault(number, [])
        names += [name] if name not in names else []
    for number, names in found.items():
        setattr(out[number], "subjects", names)  # noqa: B010  (as annotations are)


def between(start: datetime, end: datetime, wanted: Wanted) -> list[Entry]:
    """What begins in a span, cancelled evenings too; three queries."""
    return _joined(Q(starts_at__gte=start, starts_at__lt=end), Q(), wanted)


def _joined(span: Q, state: Q, wanted: Wanted) -> list[Entry]:
    evenings: QuerySet[Any] = Meetup.objects.visible_to(None).filter(span, state).select_related("group", "venue")
    events: QuerySet[Any] = VendorEvent.objects.published().filter(span).select_related("group", "organisation")
    dates: QuerySet[Any] = ProgrammeEvent.objects.filter(span).select_related("feed__organisation")
    if (groups := wanted.groups()) is not None:
        evenings, events = evenings.filter(group__in=groups.values("pk")), events.filter(group__in=groups.values("pk"))
        dates = dates.filter(place="") if wanted.near and not wanted.mine and not wanted.group else dates.none()
    if wanted.is_online:
        evenings = evenings.exclude(online_url="")
        events, dates = events.filter(place=""), dates.filter(place="")
    if wanted.subject:
        on = AgendaItem.objects.filter(meetup=OuterRef("pk"), subject__slug=wanted.subject)
        evenings = evenings.filter(Exists(on)).exclude(agenda_published_at=None)
        events, dates = events.none(), dates.none()
    rows = [list(each.order_by("starts_at", "pk")[:AT_MOST]) for each in (evenings, events, dates)]
    return sorted(once([each for several in rows for each in several]), key=lambda each: (each.starts_at, each.title))


def once(entries: Iterable[Entry]) -> list[Entry]:
    """Each event as it comes first: the same UID, or the same title at the same moment, is the same event."""
    found: list[Entry] = []
    seen: set[tuple[str, str]] = set()
    for each in entries:
        occurrence = getattr(each, "occurrence", "")
        marks = {(each.uid, occurrence), (" ".join(each.title.casefold().split()), f"{each.starts_at:%Y%m%dT%H%MZ}")}
        if isinstance(each, Meetup):
            marks = {(each.uid, "")}  # two groups may well meet under one name at one hour
        if not marks & seen:
            found.append(each)
        seen |= marks
    return found
