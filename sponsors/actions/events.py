"""A vendor writes an event; an organiser of the group it is for, who has no tie to the vendor, lets it through."""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import count

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from community.actions import log
from community.actions.groups import light_tab
from community.models import Group, Member, Organisation
from community.text.render import render
from community.verdicts import no
from live.changes import changed
from moderation.screening import screen
from sponsors import notices
from sponsors.models import VendorEvent
from sponsors.policies import events as policies

State = VendorEvent.State
RESERVED_SLUGS = frozenset({"new", "preview"})
LONGEST_SLUG = 70


class Settled(Exception):  # noqa: N818  (it says the outcome)
    """It is not waiting any more."""

    def __init__(self) -> None:
        """Say it in words for people."""
        super().__init__("This event is not waiting any more. Look at it again.")


class Changed(Exception):  # noqa: N818
    """What was read is not what stands there now."""

    def __init__(self) -> None:
        """Say it in words for people."""
        super().__init__("The vendor changed this page while you read it. Read it again, then decide.")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a representative writes."""

    title: str
    summary: str
    body: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str = ""
    url: str = ""


def write(
    *, actor: Member, organisation: Organisation, group: Group, facts: Facts, is_ready: bool, at: datetime
) -> VendorEvent:
    """Keep a new page, and where it is ready, ask the group. There is no road that publishes it."""
    policies.may_write(actor, organisation, group, at).or_refuse()
    html = _rendered(actor, facts)
    with transaction.atomic():
        event = VendorEvent(
            organisation=organisation,
            group=group,
            uid=f"vendor-event-{uuid.uuid4()}@{settings.MAIL_DOMAIN}",
            body_html=html,
            state=State.WAITING if is_ready else State.DRAFT,
            written_by=actor,
            created_at=at,
            changed_at=at,
            **asdict(facts),
        )
        _store(event)
        if is_ready:
            notices.event_waiting(event, actor, at)
        return event


def change(
    *, actor: Member, event: VendorEvent, group: Group, facts: Facts, is_ready: bool, at: datetime
) -> VendorEvent:
    """Write it anew. It goes round again, and is out of sight until the group has agreed to what it says now."""
    policies.may_change(actor, event, at).or_refuse()
    policies.may_write(actor, event.organisation, group, at).or_refuse()
    html = _rendered(actor, facts)
    with transaction.atomic():
        kept = _locked(event)
        policies.may_change(actor, kept, at).or_refuse()
        for name, value in asdict(facts).items():
            setattr(kept, name, value)
        kept.group, kept.body_html, kept.written_by = group, html, actor
        kept.state = State.WAITING if is_ready else State.DRAFT
        kept.sequence += 1
        kept.changed_at = at
        kept.settled_by = kept.settled_at = None
        kept.settled_why = ""
        kept.save()
        if is_ready:
            notices.event_waiting(kept, actor, at)
        return kept


def approve(*, actor: Member, event: VendorEvent, sequence: int, why: str = "", at: datetime) -> VendorEvent:
    """Publish what was read: `sequence` is the version the organiser saw."""
    policies.may_settle(actor, event, at).or_refuse()
    with transaction.atomic():
        kept = _locked(event)
        policies.may_settle(actor, kept, at).or_refuse()
        if kept.state != State.WAITING or kept.hidden_at:
            raise Settled
        if kept.sequence != sequence:
            raise Changed
        _settle(kept, actor, State.APPROVED, why, at)
        light_tab(kept.group, "sponsors")
        return kept


def decline(*, actor: Member, event: VendorEvent, why: str, at: datetime) -> VendorEvent:
    """No, with a reason; a published one is taken down."""
    policies.may_settle(actor, event, at).or_refuse()
    with transaction.atomic():
        kept = _locked(event)
        policies.may_settle(actor, kept, at).or_refuse()
        if kept.state not in {State.WAITING, State.APPROVED}:
            raise Settled
        _settle(kept, actor, State.DECLINED, why, at)
        return kept


def cancel(*, actor: Member, event: VendorEvent, at: datetime) -> VendorEvent:
    """The vendor calls it off; where it was published, its page stays and says so."""
    policies.may_change(actor, event, at).or_refuse()
    with transaction.atomic():
        kept = _locked(event)
        policies.may_change(actor, kept, at).or_refuse()
        kept.state, kept.changed_at = State.CANCELLED, at
        kept.sequence += 1
        kept.save(update_fields=["state", "changed_at", "sequence"])
        return kept


def hide(*, event_id: int, at: datetime) -> None:
    """Out of sight, for `moderation`; twice is once."""
    VendorEvent.objects.filter(pk=event_id, hidden_at=None).update(hidden_at=at)
    changed("sponsors")


def restore(*, event_id: int) -> None:
    """Back to where it stood before it was hidden; twice is once."""
    VendorEvent.objects.filter(pk=event_id).update(hidden_at=None)
    changed("sponsors")


def _settle(kept: VendorEvent, actor: Member, state: VendorEvent.State, why: str, at: datetime) -> None:
    kept.state, kept.settled_by, kept.settled_at, kept.settled_why = state, actor, at, why
    kept.save(update_fields=["state", "settled_by", "settled_at", "settled_why"])
    verb = "Published" if state == State.APPROVED else "Declined"
    text = f"{verb} an event of {kept.organisation.name}: {kept.title}. {why}".strip()
    data = {"event": kept.pk, "organisation": kept.organisation_id, "version": kept.sequence}
    log.record(group=kept.group, actor=actor, kind=f"vendor-event.{state}", text=text, at=at, data=data)
    notices.event_settled(kept, actor, at)


def _rendered(actor: Member, facts: Facts) -> str:
    rendered = render(facts.body, author=actor)
    screened = screen(author=actor, rendered=rendered)
    if not screened.passes:
        no(screened.reason).or_refuse()
    return rendered.html


def _locked(event: VendorEvent) -> VendorEvent:
    changed("sponsors")
    rows = VendorEvent.objects.select_for_update(of=("self",)).select_related("organisation", "group")
    return rows.get(pk=event.pk)


def _store(event: VendorEvent) -> None:
    """Under a slug of its title, or the next free one of this vendor."""
    wished = slugify(event.title)[:LONGEST_SLUG].strip("-_") or "event"
    for number in count(1):
        event.slug = wished if number == 1 else f"{wished}-{number}"
        taken = VendorEvent.objects.filter(organisation=event.organisation, slug=event.slug)
        if event.slug in RESERVED_SLUGS or taken.exists():
            continue
        try:
            with transaction.atomic():
                changed("sponsors")
                event.save(force_insert=True)
                return
        except IntegrityError:
            if not taken.exists():
                raise
