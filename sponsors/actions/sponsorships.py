"""A vendor proposes, the group decides; either side may end it."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from community.actions import locks, log, memberships
from community.actions.groups import light_tab
from community.models import Group, Member, Organisation
from community.models.period import day_of
from live.changes import changed
from sponsors import notices
from sponsors.models import Package, Sponsorship
from sponsors.policies import sponsorships as policies
from sponsors.queries.groups import conflicted

State = Sponsorship.State


class Settled(Exception):  # noqa: N818  (it says the outcome)
    """Someone else was faster."""

    def __init__(self) -> None:
        """Say it in words for people."""
        super().__init__("This has been settled already.")


class WrongDays(Exception):  # noqa: N818
    """The days cannot be."""


class ProposedAlready(Exception):  # noqa: N818
    """One proposal at a time."""

    def __init__(self, organisation: Organisation, group: Group) -> None:
        """Say it in words for people."""
        super().__init__(f"{organisation.name} has a proposal waiting at {group.name}. Withdraw it to make another.")


def propose(
    *,
    actor: Member,
    organisation: Organisation,
    group: Group,
    gives: str,
    amount: Decimal,
    currency: str,
    is_in_kind: bool,
    starts_on: date,
    ends_on: date,
    package: Package | None = None,
    at: datetime,
) -> Sponsorship:
    """Ask the group's organisers; nothing of it counts until they accept."""
    policies.may_propose(actor, organisation, group, at).or_refuse()
    if ends_on <= max(starts_on, day_of(at)):
        raise WrongDays("It would be over before it begins. Choose a later last day.")
    try:
        with transaction.atomic():
            changed("sponsors")
            sponsorship = Sponsorship.objects.create(
                organisation=organisation,
                group=group,
                package=package,
                gives=gives,
                amount=amount,
                currency=currency,
                is_in_kind=is_in_kind,
                starts_on=starts_on,
                ends_on=ends_on,
                proposed_by=actor,
                proposed_at=at,
            )
            _record(sponsorship, actor, "proposed", f"{organisation.name} offers: {gives}", at)
            notices.proposed(sponsorship, actor, at)
            return sponsorship
    except IntegrityError as error:
        if Sponsorship.objects.proposed().filter(organisation=organisation, group=group).exists():
            raise ProposedAlready(organisation, group) from error
        raise


def accept(*, actor: Member, sponsorship: Sponsorship, why: str = "", at: datetime) -> Sponsorship:
    """Agree, from today or the first day proposed, whichever is later.

    Those who govern the group and have a tie to the vendor have their role set aside in the same transaction. Someone
    free of it always remains: the one who accepts.
    """
    policies.may_settle(actor, sponsorship, at).or_refuse()
    with transaction.atomic():
        locks.neutrality()
        kept = _waiting(sponsorship)
        policies.may_settle(actor, kept, at).or_refuse()
        kept.starts_on = max(kept.starts_on, day_of(at))
        if kept.ends_on <= kept.starts_on:
            raise WrongDays("Its days have passed. Decline it, and ask for a new proposal.")
        for member in conflicted(kept):
            reason = f"a tie to {kept.organisation.name}, which sponsors the group."
            memberships.set_aside(member=member, group=kept.group, reason=reason, at=at)
        if kept.package is not None:
            kept.benefits = list(kept.package.benefits.order_by("position", "pk").values_list("title", flat=True))
        _settle(kept, actor, State.ACCEPTED, why, at)
        light_tab(kept.group, "sponsors")
        return kept


def decline(*, actor: Member, sponsorship: Sponsorship, why: str, at: datetime) -> Sponsorship:
    """No, with a reason."""
    policies.may_settle(actor, sponsorship, at).or_refuse()
    with transaction.atomic():
        kept = _waiting(sponsorship)
        policies.may_settle(actor, kept, at).or_refuse()
        _settle(kept, actor, State.DECLINED, why, at)
        return kept


def withdraw(*, actor: Member, sponsorship: Sponsorship, at: datetime) -> Sponsorship:
    """The vendor takes its proposal back."""
    policies.may_withdraw(actor, sponsorship, at).or_refuse()
    with transaction.atomic():
        kept = _waiting(sponsorship)
        policies.may_withdraw(actor, kept, at).or_refuse()
        _settle(kept, actor, State.WITHDRAWN, "", at)
        return kept


def end(*, actor: Member, sponsorship: Sponsorship, why: str, at: datetime) -> Sponsorship:
    """Stop it today, before its last day. What was given stays in the book."""
    policies.may_end(actor, sponsorship, at).or_refuse()
    with transaction.atomic():
        kept = _locked(sponsorship)
        today = max(day_of(at), kept.starts_on)
        if kept.state != State.ACCEPTED or kept.ends_on <= today:
            raise Settled
        kept.ends_on, kept.ended_by, kept.ended_at, kept.ended_why = today, actor, at, why
        kept.save(update_fields=["ends_on", "ended_by", "ended_at", "ended_why"])
        _record(kept, actor, "ended", f"{kept.organisation.name} no longer sponsors the group. {why}".strip(), at)
        notices.ended(kept, actor, at)
        return kept


SAYS = {
    State.ACCEPTED: "{vendor} sponsors the group until {until}: {gives}",
    State.DECLINED: "Declined what {vendor} offered: {gives}",
    State.WITHDRAWN: "{vendor} took its offer back: {gives}",
}


def _settle(kept: Sponsorship, actor: Member, state: Sponsorship.State, why: str, at: datetime) -> None:
    kept.state, kept.settled_by, kept.settled_at, kept.settled_why = state, actor, at, why
    kept.save(update_fields=["state", "settled_by", "settled_at", "settled_why", "starts_on", "benefits"])
    text = SAYS[state].format(vendor=kept.organisation.name, until=f"{kept.ends_on:%-d %B %Y}", gives=kept.gives)
    _record(kept, actor, state, f"{text}. {why}".strip(), at)
    if state != State.WITHDRAWN:
        notices.settled(kept, actor, at)


def _waiting(sponsorship: Sponsorship) -> Sponsorship:
    kept = _locked(sponsorship)
    if kept.state != State.PROPOSED:
        raise Settled
    return kept


def _locked(sponsorship: Sponsorship) -> Sponsorship:
    changed("sponsors")
    rows = Sponsorship.objects.select_for_update(of=("self",)).select_related("organisation", "group", "package")
    return rows.get(pk=sponsorship.pk)


def _record(sponsorship: Sponsorship, actor: Member, what: str, text: str, at: datetime) -> None:
    data = {"sponsorship": sponsorship.pk, "organisation": sponsorship.organisation_id}
    log.record(group=sponsorship.group, actor=actor, kind=f"sponsorship.{what}", text=text, at=at, data=data)
