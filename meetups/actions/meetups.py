"""Evenings: planned, moved, called off, copied. An evening keeps its identity, its answers and its room."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from chat.actions import rooms
from community.models import Group, Member
from live.publish import publish
from meetups import notices
from meetups.actions import agenda, dates, product_time, promotions, seats
from meetups.actions.details import Details, InThePast, StillOnline, about_html, check, fresh, slug_of
from meetups.actions.seats import Seats
from meetups.models import AgendaItem, Meetup, RsvpQuestion
from meetups.policies import may_change, may_run

CALENDAR_SHOWS = ("starts_at", "ends_at", "time_zone", "venue", "online_url")
"""Whoever has the evening in a calendar must hear of a change of these; the sequence rises."""
SAID = ("title", "about")
"""Calendars show these too, and nobody needs to be told."""


def schedule(*, actor: Member, group: Group, details: Details, at: datetime, is_draft: bool = False) -> Meetup:
    """One evening by itself, published or first as a draft; raises `InThePast`, `EndsBeforeStart`, `UnknownZone`."""
    may_run(actor, group).or_refuse()
    check(details)
    if details.starts_at <= at:
        raise InThePast
    evening = fresh(group, details, at, by=actor, about_html=about_html(details.about, actor))
    evening.state = Meetup.State.DRAFT if is_draft else Meetup.State.PUBLISHED
    with transaction.atomic():
        dates.lock(group.pk)
        evening.save()
        dates.keep(group.pk, at)
    return evening


def amend(*, actor: Member, meetup: Meetup, details: Details, at: datetime) -> Meetup:
    """Change an evening; everyone who answered hears of another time or place, more seats let those waiting in.

    Raises `StillOnline` too: seats online are not taken away while people have them.

    A capacity below the number going is kept as asked, and so is everyone who is going.
    """
    may_change(actor, meetup, at).or_refuse()
    check(details)
    html = about_html(details.about, actor)
    with transaction.atomic():
        dates.lock(meetup.group_id)
        held = seats.locked(meetup.pk)
        may_change(actor, held, at).or_refuse()
        moved = rewrite(held, details, html, at)
        dates.keep(held.group_id, at)
        if moved:
            notices.changed(held, actor, at)
        return held


def rewrite(held: Meetup, details: Details, html: str, at: datetime) -> bool:
    """Write what is said of a locked meetup and let those waiting into new seats; whether time or place changed."""
    moved = differing(held, details, CALENDAR_SHOWS)
    if "starts_at" in moved and held.room is not None:
        rooms.shift(room=held.room, by=details.starts_at - held.starts_at)
    if held.is_hybrid and not details.is_hybrid and held.rsvps.filter(is_online=True).live().exists():
        raise StillOnline
    _write(held, details, html, at, moved=bool(moved))
    for is_online, capacity in ((False, details.capacity), (True, details.online_capacity)):
        book = Seats(held, at, is_online)
        if capacity != book.capacity:
            book.resize(capacity)
        if held.is_hybrid or not is_online:
            promotions.finish(book)
    if moved and held.agenda_items.exists():
        product_time.count(held)
    publish(f"meetup:{held.pk}", "meetup.changed", {"id": held.pk})
    return bool(moved)


def differing(meetup: Meetup, details: Details, names: Iterable[str]) -> list[str]:
    """Which of these facts would change."""
    return [name for name in names if getattr(meetup, name) != getattr(details, name)]


def cancel(*, actor: Member, meetup: Meetup, why: str, at: datetime) -> Meetup:
    """Call an evening off: its page stays and says why; everyone who answered is told."""
    may_change(actor, meetup, at).or_refuse()
    with transaction.atomic():
        dates.lock(meetup.group_id)
        held = seats.locked(meetup.pk)
        if held.is_cancelled:
            return held
        may_change(actor, held, at).or_refuse()
        call_off(held, why, at)
        dates.keep(held.group_id, at)
        notices.cancelled(held, actor, at)
        return held


def call_off(held: Meetup, why: str, at: datetime) -> Meetup:
    """Write it on a locked meetup."""
    held.state, held.cancelled_why = Meetup.State.CANCELLED, why.strip()
    held.sequence, held.changed_at = held.sequence + 1, at
    held.save(update_fields=["state", "cancelled_why", "sequence", "changed_at"])
    agenda.release(list(held.agenda_items.exclude(proposal=None).values_list("proposal", flat=True)))
    publish(f"meetup:{held.pk}", "meetup.cancelled", {"id": held.pk})
    return held


def announce(*, actor: Member, meetup: Meetup, at: datetime) -> Meetup:
    """A draft is published: everyone can see and answer it. Twice is once."""
    may_change(actor, meetup, at).or_refuse()
    with transaction.atomic():
        dates.lock(meetup.group_id)
        held = seats.locked(meetup.pk)
        may_change(actor, held, at).or_refuse()
        if held.state == Meetup.State.DRAFT:
            held.state, held.sequence, held.changed_at = Meetup.State.PUBLISHED, held.sequence + 1, at
            held.save(update_fields=["state", "sequence", "changed_at"])
            dates.keep(held.group_id, at)
        return held


def copy(*, actor: Member, meetup: Meetup, details: Details, at: datetime, is_draft: bool = False) -> Meetup:
    """A new evening like this one, with its questions and its agenda as a draft; no answers, no member who speaks."""
    with transaction.atomic():
        twin = schedule(actor=actor, group=meetup.group, details=details, at=at, is_draft=is_draft)
        items = list(meetup.agenda_items.order_by("position", "pk"))
        for item in items:
            item.pk, item.meetup, item.speaker, item.proposal = None, twin, None, None
            item._state.adding = True  # noqa: SLF001  (how Django copies a row)
        AgendaItem.objects.bulk_create(items)
        asked = list(meetup.questions.order_by("position", "pk"))
        for question in asked:
            question.pk, question.meetup = None, twin
            question._state.adding = True  # noqa: SLF001  (how Django copies a row)
        RsvpQuestion.objects.bulk_create(asked)
        return twin


def _write(held: Meetup, details: Details, html: str, at: datetime, *, moved: bool) -> None:
    names: Iterable[str] = (
        *CALENDAR_SHOWS,
        *SAID,
        "guests_allowed",
        "is_hybrid",
        "answers_open_at",
        "answers_close_at",
    )
    if moved:
        held.sequence += 1
    if moved or any(getattr(held, name) != getattr(details, name) for name in SAID):
        held.changed_at = at
    for name in names:
        setattr(held, name, getattr(details, name))
    held.about_html, held.slug = html, slug_of(details.title)
    held.save(update_fields=[*names, "about_html", "slug", "sequence", "changed_at"])


def hide(meetup: Meetup, at: datetime) -> None:
    """Out of sight, by a moderator; the answers stay. Twice is once."""
    _show(meetup, at, hidden_at=at)


def restore(meetup: Meetup, at: datetime) -> None:
    """In sight again."""
    _show(meetup, at, hidden_at=None)


def _show(meetup: Meetup, at: datetime, *, hidden_at: datetime | None) -> None:
    with transaction.atomic():
        dates.lock(meetup.group_id)
        Meetup.objects.filter(pk=meetup.pk).update(hidden_at=hidden_at)
        dates.keep(meetup.group_id, at)
