"""Propose a topic, want one too, change it, take it back. Votes stand once an agenda with the topic is published."""

from datetime import datetime

from django.db import IntegrityError, transaction

from community.models import Group, Member
from community.text import Rendered
from community.text.limits import TooLong
from community.text.render import render
from community.verdicts import NotAllowed
from live.changes import changed
from live.publish import publish
from meetups.models import Proposal, Subject, Vote
from meetups.policies import proposals as policies
from moderation import screening

State = Proposal.State


def propose(
    *, author: Member, group: Group, title: str, subject: Subject, body: str = "", client_key: str, at: datetime
) -> Proposal:
    """Add a topic to those of the group; the same form sent again answers the first. Raises `NotAllowed`."""
    if made := _earlier(author, client_key):
        return made
    policies.may_propose(author, group, at).or_refuse()
    policies.may_propose_more(author, group, at).or_refuse()
    rendered = prepare(author, body)
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                group=group,
                author=author,
                title=" ".join(title.split()),
                body=body.strip(),
                body_html=rendered.html,
                subject=subject,
                client_key=client_key,
                created_at=at,
            )
            tell(proposal)
    except IntegrityError:
        if made := _earlier(author, client_key):
            return made
        raise
    return proposal


def change(*, actor: Member, proposal: Proposal, title: str, subject: Subject, body: str, at: datetime) -> Proposal:
    """Say it in other words, while nobody else wants it as it stands. Raises `NotAllowed`."""
    policies.may_change(actor, proposal, at).or_refuse()
    rendered = prepare(actor, body)
    with transaction.atomic():
        held = locked(proposal.pk)
        policies.may_change(actor, held, at).or_refuse()
        held.title, held.subject = " ".join(title.split()), subject
        held.body, held.body_html = body.strip(), rendered.html
        held.save(update_fields=["title", "subject", "body", "body_html"])
        tell(held)
        return held


def vote(*, member: Member, proposal: Proposal, is_on: bool, at: datetime) -> None:
    """Want it too, or no longer; twice is once. Raises `NotAllowed`."""
    policies.may_vote(member, proposal, at).or_refuse()
    with transaction.atomic():
        held = locked(proposal.pk)
        policies.may_vote(member, held, at).or_refuse()
        if is_on:
            Vote.objects.bulk_create([Vote(proposal=held, member=member, voted_at=at)], ignore_conflicts=True)
        else:
            Vote.objects.filter(proposal=held, member=member).delete()
        tell(held, "proposal.voted")


def withdraw(*, actor: Member, proposal: Proposal) -> None:
    """Take it back; twice is once. Raises `NotAllowed`."""
    with transaction.atomic():
        held = locked(proposal.pk)
        if held.state == State.WITHDRAWN:
            return
        policies.may_withdraw(actor, held).or_refuse()
        held.state = State.WITHDRAWN
        held.save(update_fields=["state"])
        tell(held)


def set_hidden(*, proposal_id: int, hidden_at: datetime | None) -> None:
    """Out of sight after a decision, or back; may run twice."""
    with transaction.atomic():
        held = locked(proposal_id)
        if (held.hidden_at is None) != (hidden_at is None):
            held.hidden_at = hidden_at
            held.save(update_fields=["hidden_at"])
            tell(held)


def prepare(author: Member, body: str) -> Rendered:
    """Render and screen, before any lock is taken. Raises `NotAllowed`."""
    try:
        rendered = render(body.strip(), author=author)
    except TooLong as error:
        raise NotAllowed(str(error)) from error
    screened = screening.screen(author=author, rendered=rendered)
    if not screened.passes:
        raise NotAllowed(screened.reason)
    return rendered


def locked(pk: int) -> Proposal:
    """The proposal with its row locked. Who needs the meetup's row too takes that one first."""
    return Proposal.objects.select_for_update(of=("self",)).select_related("group", "subject", "author").get(pk=pk)


def tell(proposal: Proposal, event: str = "proposal.changed") -> None:
    """Open pages of the group's topics, and of its evenings, hear which one; visitors see it from the commit on."""
    changed(f"evenings:{proposal.group_id}")
    publish(f"proposals:{proposal.group_id}", event, {"id": proposal.pk})


def _earlier(author: Member, client_key: str) -> Proposal | None:
    return Proposal.objects.select_related("group").filter(author=author, client_key=client_key).first()
