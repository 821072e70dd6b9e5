"""RSVPs first, account by the way: a name, an e-mail, and one link that confirms both."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from community.actions import accounts
from community.queries import zones
from community.verdicts import NotAllowed
from meetups import tokens
from meetups.actions import rsvps
from meetups.models import Meetup, Rsvp, RsvpRequest
from meetups.policies import closed_to
from meetups.text import when, where
from notifications.actions import outbox

GOOD_FOR = timedelta(hours=48)
MAILS_AN_HOUR = 3
"""To one address, whatever the meetup: nobody's inbox is filled from here."""


class NoSuchRequest(Exception):  # noqa: N818  (it says the outcome)
    """The link is not one of ours, or was cut short."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This link is not complete. Open it from the mail again, or ask for a new one on the page.")


class Used(Exception):  # noqa: N818
    """The link did its work already."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This link has been used: your answer is in. Sign in to see or change it.")


class Expired(Exception):  # noqa: N818
    """The link is older than two days."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This link was good for two days, and they are over. Ask for a new one on the page.")


def ask(*, meetup: Meetup, name: str, email: str, time_zone: str, at: datetime) -> None:
    """Send one link to this address; the same is said whether or not it belongs to a member."""
    if closed := closed_to(meetup, None, at):
        raise NotAllowed(closed)
    email = email.strip().lower()
    lately = RsvpRequest.objects.filter(email=email, made_at__gt=at - timedelta(hours=1))
    with transaction.atomic():
        if lately.count() >= MAILS_AN_HOUR:
            return
        token, token_hash = tokens.new()
        RsvpRequest.objects.create(
            meetup=meetup,
            email=email,
            name=name.strip(),
            time_zone=time_zone if zones.is_known(time_zone) else "",
            token_hash=token_hash,
            made_at=at,
            expires_at=at + GOOD_FOR,
        )
        _mail(meetup, name.strip(), email, token, at)


def waiting(*, meetup_id: int, token: str, at: datetime) -> RsvpRequest:
    """The request this link stands for, not yet confirmed; raises `NoSuchRequest`, `Used` or `Expired`."""
    rows = RsvpRequest.objects.select_related("meetup__group").filter(meetup=meetup_id)
    return _good(rows.filter(token_hash=tokens.digest(token)).first(), at)


def confirm(*, meetup_id: int, token: str, at: datetime) -> Rsvp:
    """Make the account where there is none, and the answer. A refusal leaves no account behind and the link good."""
    with transaction.atomic():
        rows = RsvpRequest.objects.select_for_update(of=("self",)).select_related("meetup__group")
        request = _good(rows.filter(meetup=meetup_id, token_hash=tokens.digest(token)).first(), at)
        request.used_at = at
        request.save(update_fields=["used_at"])
        member, _ = accounts.ensure(
            email=request.email, name=request.name, time_zone=request.time_zone, at=at, verified=True
        )
        return rsvps.answer(member=member, meetup=request.meetup, state=Rsvp.State.GOING, at=at)


def sweep(at: datetime) -> int:
    """Forget names and addresses of links that ran out a week ago; how many. Due work."""
    return RsvpRequest.objects.filter(expires_at__lt=at - timedelta(days=7)).delete()[0]


def _good(request: RsvpRequest | None, at: datetime) -> RsvpRequest:
    if request is None:
        raise NoSuchRequest
    if request.used_at is not None:
        raise Used
    if request.expires_at <= at:
        raise Expired
    return request


def _mail(meetup: Meetup, name: str, email: str, token: str, at: datetime) -> None:
    path = reverse("meetups:request-confirm", args=[meetup.pk, meetup.slug or "-", token])
    outbox.post(
        to=email,
        kind="meetups.request",
        template="meetups/email/request",
        context={
            "name": name,
            "meetup": meetup,
            "when": when(meetup),
            "where": where(meetup.venue, online=bool(meetup.online_url)),
            "link": settings.BASE_URL + path,
        },
        at=at,
    )
