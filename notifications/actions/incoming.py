"""The one door for mail that comes in."""

import logging
from datetime import datetime
from email.message import EmailMessage
from hashlib import sha256
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from notifications import registry
from notifications.actions import outbox
from notifications.actions.addresses import hashed
from notifications.models import IncomingAddress, IncomingMail
from notifications.text import incoming as text
from notifications.text.lines import one_line

log = logging.getLogger(__name__)
Outcome = IncomingMail.Outcome

LARGEST = 30 * 1024 * 1024
ID_LIMIT = 250
DETAIL_LIMIT = 500


class TooLarge(Exception):  # noqa: N818  (it says the outcome)
    """More than 30 MB."""


def receive(raw: bytes, at: datetime) -> IncomingMail:
    """Let one mail in: find whose address it came to, hand it to that handler, keep what became of it.

    A second delivery of the same mail answers what the first did and does nothing. Mail of machines (away notes,
    bounces, lists) never reaches a handler. Raises `TooLarge`; what a handler raises goes up, with nothing kept, so
    that the mail server tries again.
    """
    if len(raw) > LARGEST:
        raise TooLarge
    message = text.parse(raw)
    message_id = one_line(text.header(message, "Message-ID"), ID_LIMIT) or f"sha256:{sha256(raw).hexdigest()}"
    address = _address(message)
    with transaction.atomic():
        row, is_new = IncomingMail.objects.get_or_create(
            message_id=message_id,
            address=address,
            defaults={"sender": text.sender(message)[:254], "received_at": at, "outcome": Outcome.UNKNOWN},
        )
        if is_new:
            row.outcome, detail = _answer(message, address, at)
            row.detail = one_line(detail, DETAIL_LIMIT)
            row.save(update_fields=["outcome", "detail"])
    return row


def _address(message: EmailMessage) -> IncomingAddress | None:
    domain = f"@{settings.MAIL_DOMAIN.lower()}"
    tokens = [each.removesuffix(domain) for each in text.recipients(message) if each.endswith(domain)]
    hashes = [hashed(token) for token in tokens]
    return IncomingAddress.objects.select_related("member").filter(token_hash__in=hashes).order_by("pk").first()


def _answer(message: EmailMessage, address: IncomingAddress | None, at: datetime) -> tuple[str, str]:
    """The outcome and its words; a person who may know gets a refusal back with what they wrote."""
    if address is None:
        return Outcome.UNKNOWN, "No such address"
    if not registry.judges_sender(address.handler):
        if text.is_automatic(message):
            return Outcome.REFUSED, "Sent by a machine"
        if not _is_from(message, address):
            return Outcome.REFUSED, "Not from the member the address was made for"
    try:
        return Outcome.DONE, _handled(message, address, at)
    except registry.Refused as refusal:
        if refusal.is_told:
            _send_back(message, address, refusal.reason, at)
        return Outcome.REFUSED, refusal.reason


def _handled(message: EmailMessage, address: IncomingAddress, at: datetime) -> str:
    handler = registry.mail_handler(address.handler)
    if handler is None:
        log.error("Mail to an address of %r, which nothing handles", address.handler)
        raise registry.Refused("This address does not take mail any more.")
    if address.expires_at is not None and address.expires_at <= at:
        raise registry.Refused("This address was good for a while only, and that is over.")
    with transaction.atomic():
        return handler(member=address.member, data=address.data, message=message, at=at)


def _is_from(message: EmailMessage, address: IncomingAddress) -> bool:
    """An address that came into other hands (a forwarded mail) must not speak for its member."""
    who = address.member
    if who is None:
        return True
    if not who.is_active or who.departed_at:
        return False
    return is_address_of(who, text.sender(message))


def is_address_of(member: Any, address: str) -> bool:
    """Whether this is the member's address, or another one that they have shown to be theirs."""
    if not address or address.lower() == member.email.lower():
        return bool(address)
    return EmailAddress.objects.filter(user=member, verified=True, email__iexact=address).exists()


def _send_back(message: EmailMessage, address: IncomingAddress, reason: str, at: datetime) -> None:
    who = address.member
    if who is None:
        return
    subject = one_line(text.header(message, "Subject"), 150)
    outbox.post(
        to=who.email,
        kind="mail.refused",
        template="notifications/email/refused",
        context={"reason": reason, "about": subject, "wrote": text.reply_text(message)[:20_000]},
        at=at,
        member_id=who.pk,
        headers={"In-Reply-To": text.header(message, "Message-ID"), "Auto-Submitted": "auto-replied"},
    )
