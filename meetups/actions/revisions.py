"""A series changed from one date on: its evenings keep their identity, their answers and their rooms.

What was changed by hand on a single date is kept unless the organiser says otherwise. `plan` only looks, for the page
that says what will happen; `amend` and `cancel` do it.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db import transaction

from community.models import Member
from meetups import notices
from meetups.actions import dates, meetups, seats
from meetups.actions import series as rhythms
from meetups.actions.details import Details, about_html
from meetups.actions.series import NoDates, Usual
from meetups.models import Meetup, Series, StandingRsvp
from meetups.models.meetup import MeetupQuerySet
from meetups.policies import may_run
from meetups.rhythm import Rule, anchored
from meetups.rhythm import dates as days_of

OWN = {
    "title": "its name",
    "about": "its text",
    "starts_at": "its time",
    "ends_at": "its time",
    "time_zone": "its time",
    "venue": "its place",
    "capacity": "its seats",
    "guests_allowed": "its guests",
}
"""What a date may have of its own, as people say it."""
OF_ONE_DATE = ("online_url", "is_hybrid", "online_capacity", "answers_open_at", "answers_close_at")
"""What a series says nothing about."""
NO_DATE = "The rhythm is another now, and has no such date."


class NothingToCome(Exception):  # noqa: N818  (it says the outcome)
    """No date of the series lies ahead."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("No date of this series is still to come. Plan a new one.")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one evening. Without `details` the new rhythm has no date for it, and it is called off."""

    meetup: Meetup
    day: date | None
    details: Details | None
    own: tuple[str, ...] = ()

    @property
    def is_moved(self) -> bool:
        """Another time or place: whoever answered is told."""
        return self.details is not None and bool(meetups.differing(self.meetup, self.details, meetups.CALENDAR_SHOWS))

    @property
    def is_same(self) -> bool:
        """Nothing of it changes."""
        return self.details is not None and not meetups.differing(self.meetup, self.details, OWN)

    @property
    def people(self) -> int:
        """Going and waiting."""
        return self.meetup.going_count + self.meetup.waiting_count


@dataclass(frozen=True, slots=True)
class Revision:
    """All that will happen, date by date."""

    rule: Rule
    changes: list[Change] = field(default_factory=list)
    new_days: list[date] = field(default_factory=list)

    @property
    def own(self) -> list[Change]:
        """Dates on which something was changed by hand."""
        return [change for change in self.changes if change.own]

    @property
    def called_off(self) -> list[Change]:
        """Dates the new rhythm does not have."""
        return [change for change in self.changes if change.details is None]

    @property
    def people(self) -> int:
        """Answers whose givers will be told."""
        return sum(change.people for change in self.changes if change.is_moved or change.details is None)


def plan(
    held: Series, rule: Rule, usual: Usual, *, since: date | None, keep_own: bool = True, at: datetime
) -> Revision:
    """What changing a series from `since` on (None: all that is to come) would do; writes nothing.

    Every evening goes to the new date of its own month, or of its own week where the new rhythm is weekly.
    """
    rhythms.check(usual)
    evenings = list(coming(held, since, at).select_related("venue"))
    if not evenings:
        raise NothingToCome
    first = evenings[0].occurs_on or held.starts_on
    begun = anchored(replace(rule, starts_on=_period_start(rule, first)))
    if begun is None:
        raise NoDates
    ahead = {_period(rule, day): day for day in rhythms.to_come(begun, usual.start_time, usual.time_zone, at)}
    days = _matched(evenings, begun, ahead)
    changes = [_change(held, each, days.get(each.pk), usual, keep_own=keep_own) for each in evenings]
    for meetup in _called_off(held, first):
        ahead.pop(_period(rule, meetup.occurs_on or first), None)
    taken = [change.day for change in changes if change.day is not None]
    return Revision(replace(begun, starts_on=min([*taken, begun.starts_on])), changes, sorted(ahead.values()))


def amend(
    *,
    actor: Member,
    series: Series,
    rule: Rule,
    usual: Usual,
    since: date | None,
    keep_own: bool = True,
    at: datetime,
) -> Series:
    """Do what `plan` says; a change in the middle of a series makes two of it. Each person hears of it once.

    Raises what `plan` raises.
    """
    may_run(actor, series.group).or_refuse()
    with transaction.atomic():
        dates.lock(series.group_id)
        held = Series.objects.select_for_update(of=("self",)).select_related("group").get(pk=series.pk)
        revision = plan(held, rule, usual, since=since, keep_own=keep_own, at=at)
        target = _target(held, revision, usual, actor, at)
        touched = [change.meetup.pk for change in revision.changes]
        Meetup.objects.filter(pk__in=touched).update(occurs_on=None)  # so that dates may change places
        _keep_called_off(held, target, revision)
        moved, gone = _rewrite(revision, target, actor, at)
        _make_new(target, revision, at)
        dates.keep(held.group_id, at)
        notices.series_changed(target, moved, actor, at)
        notices.series_cancelled(target, gone, NO_DATE, actor, at)
        return target


def cancel(*, actor: Member, series: Series, since: date | None, why: str, at: datetime) -> int:
    """Call off every date from `since` on (None: all that is to come) and make no new ones; how many."""
    may_run(actor, series.group).or_refuse()
    with transaction.atomic():
        dates.lock(series.group_id)
        held = Series.objects.select_for_update(of=("self",)).select_related("group").get(pk=series.pk)
        evenings = list(coming(held, since, at))
        held.ends_on = min([each.occurs_on for each in evenings if each.occurs_on] or [since or at.date()])
        held.save(update_fields=["ends_on"])
        gone = [meetups.call_off(seats.locked(each.pk), why, at) for each in evenings]
        dates.keep(held.group_id, at)
        notices.series_cancelled(held, gone, why.strip(), actor, at)
        return len(gone)


def coming(held: Series, since: date | None, at: datetime) -> MeetupQuerySet:
    """What lies ahead of a series and is not called off, from a date on."""
    rows = Meetup.objects.filter(series=held, starts_at__gt=at).exclude(state=Meetup.State.CANCELLED)
    rows = rows.filter(occurs_on__gte=since) if since else rows
    return rows.order_by("occurs_on", "pk")


def _called_off(held: Series, first: date) -> list[Meetup]:
    """Dates that were called off by hand: a new rhythm does not bring them back."""
    rows = Meetup.objects.filter(series=held, state=Meetup.State.CANCELLED, occurs_on__gte=first)
    return list(rows.order_by("occurs_on"))


def _period(rule: Rule, day: date) -> tuple[int, int]:
    return day.isocalendar()[:2] if rule.is_weekly else (day.year, day.month)


def _period_start(rule: Rule, day: date) -> date:
    return day - timedelta(days=day.weekday()) if rule.is_weekly else day.replace(day=1)


def _matched(evenings: list[Meetup], rule: Rule, ahead: dict[tuple[int, int], date]) -> dict[int, date]:
    """A new date for each evening, by its key, taken out of `ahead`; none for those of which there are too many.

    An evening on the very day comes first. One whose new date of this month has passed already keeps its old one.
    """
    periods, found = set(ahead), {}
    by_old = {each.pk: each.occurs_on or each.local_start.date() for each in evenings}
    for key, old in sorted(by_old.items(), key=lambda item: (ahead.get(_period(rule, item[1])) != item[1], item[1])):
        period = _period(rule, old)
        if period in ahead:
            found[key] = ahead.pop(period)
        elif period not in periods and period == _period(rule, rule.starts_on):
            periods.add(period)
            found[key] = old
    return found


def _change(held: Series, meetup: Meetup, day: date | None, usual: Usual, *, keep_own: bool) -> Change:
    was = rhythms.details_of(rhythms.usual_of(held), meetup.occurs_on or meetup.local_start.date())
    own = tuple(dict.fromkeys(OWN[name] for name in meetups.differing(meetup, was, OWN)))
    if day is None:
        return Change(meetup, None, None, own)
    details = replace(rhythms.details_of(usual, day), **{name: getattr(meetup, name) for name in OF_ONE_DATE})
    if keep_own:
        kept = {name: getattr(meetup, name) for name, said in OWN.items() if said in own}
        details = replace(details, **kept)
    return Change(meetup, day, details, own)


def _target(held: Series, revision: Revision, usual: Usual, actor: Member, at: datetime) -> Series:
    """The series that goes on: this one, or a new one from here where it has dates before."""
    first = revision.changes[0].meetup.occurs_on
    if first is None or not Meetup.objects.filter(series=held, occurs_on__lt=first).exists():
        rhythms.describe(held, revision.rule, usual)
        held.save()
        return held
    rest = Series(group=held.group, planned_by=actor, created_at=at)
    rhythms.describe(rest, revision.rule, usual)
    rest.ends_on = held.ends_on
    rest.save()
    held.ends_on = first
    held.save(update_fields=["ends_on"])
    standing = StandingRsvp.objects.filter(series=held).order_by("pk")
    StandingRsvp.objects.bulk_create(
        StandingRsvp(series=rest, member_id=each.member_id, guests=each.guests, created_at=each.created_at)
        for each in standing
    )
    return rest


def _keep_called_off(held: Series, target: Series, revision: Revision) -> None:
    """Dates called off by hand stand where the new rule would make one for them, so that none is made again."""
    first = revision.changes[0].meetup.occurs_on or held.starts_on
    taken = {change.day for change in revision.changes}
    for meetup in _called_off(held, first):
        period = _period(revision.rule, meetup.occurs_on or first)
        new = next(days_of(revision.rule, _period_start(revision.rule, meetup.occurs_on or first)), first)
        is_its_own = _period(revision.rule, new) == period and new not in taken
        meetup.series, meetup.occurs_on = target, new if is_its_own else None
        meetup.save(update_fields=["series", "occurs_on"])


def _rewrite(revision: Revision, target: Series, actor: Member, at: datetime) -> tuple[list[Meetup], list[Meetup]]:
    """Every evening, under its lock; those that moved, and those that were called off."""
    moved, gone = [], []
    html = {
        about: about_html(about, actor) for about in {each.details.about for each in revision.changes if each.details}
    }
    for change in revision.changes:
        held = seats.locked(change.meetup.pk)
        if held.series_id != target.pk:
            held.changed_at = at  # calendars join the dates of a series by its number
        held.series, held.occurs_on = target, change.day
        held.save(update_fields=["series", "occurs_on", "changed_at"])
        if change.details is None:
            gone.append(meetups.call_off(held, NO_DATE, at))
        elif meetups.rewrite(held, change.details, html[change.details.about], at):
            moved.append(held)
    return moved, gone


def _make_new(target: Series, revision: Revision, at: datetime) -> None:
    target.group.refresh_from_db()
    rhythms.make(target, revision.new_days, at)
