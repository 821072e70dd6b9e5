"""Sends the outbox: claim a few rows, hand them over, write down what became of each."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F

from notifications import registry
from notifications.models import OutgoingMail

log = logging.getLogger(__name__)
State = OutgoingMail.State

CLAIM = 20
LEASE = timedelta(minutes=10)
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360)]
SERVER_AWAY = timedelta(minutes=1)
PERMANENT = 500
ERROR_LIMIT = 500


def send(at: datetime) -> int:
    """Send up to 20 due mails; answers how many left or were settled. Safe to run twice at once.

    A mail that fails is tried again after 1, 5, 30 minutes, 2 and 6 hours, then given up. While the mail server is
    away nothing counts as a try. After a crash between sending and writing that down a mail may go out again, with
    the same Message-ID.
    """
    give_back(at)
    rows, settled = claim(at)
    if not rows:
        return settled
    connection = get_connection()
    sent = 0
    for number, row in enumerate(rows):
        try:
            connection.open()
        except (OSError, SMTPException) as error:
            log.warning("The mail server is away, %s mails wait: %s", len(rows) - number, error)
            put_back(rows[number:], at, error)
            break
        sent += _send_one(row, connection, at)
    connection.close()
    return settled + sent


def give_back(at: datetime) -> int:
    """Mails whose sender died hold their claim for ten minutes; then they wait again."""
    stale = OutgoingMail.objects.filter(state=State.SENDING, claimed_at__lte=at - LEASE)
    return stale.update(state=State.WAITING, claimed_at=None)


def claim(at: datetime) -> tuple[list[OutgoingMail], int]:
    """Take due mails for this sender, and drop those to people who left or may get none: `(taken, dropped)`."""
    with transaction.atomic():
        due = list(
            OutgoingMail.objects.due(at)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("member")
            .order_by("due_at", "pk")[:CLAIM]
        )
        if not due:
            return [], 0
        unreachable = registry.unreachable({each.member_id for each in due if each.member_id}, at)
        dropped = [each.pk for each in due if _is_unwanted(each, unreachable)]
        OutgoingMail.objects.filter(pk__in=dropped).update(state=State.DROPPED)
        taken = [each for each in due if each.pk not in set(dropped)]
        OutgoingMail.objects.filter(pk__in=[each.pk for each in taken]).update(
            state=State.SENDING, claimed_at=at, attempts=F("attempts") + 1
        )
    for each in taken:
        each.state, each.claimed_at, each.attempts = State.SENDING, at, each.attempts + 1
    return taken, len(dropped)


def put_back(rows: list[OutgoingMail], at: datetime, error: Exception) -> None:
    """Nothing was tried: the mails wait a minute."""
    _held(rows, at).update(
        state=State.WAITING,
        claimed_at=None,
        attempts=F("attempts") - 1,
        due_at=at + SERVER_AWAY,
        last_error=_words(error),
    )


def _send_one(row: OutgoingMail, connection: Any, at: datetime) -> int:
    try:
        connection.send_messages([as_message(row)])
    except (OSError, SMTPException, ValueError) as error:
        connection.close()
        _failed(row, at, error)
        return 1
    if not _held([row], at).update(state=State.SENT, sent_at=at, claimed_at=None, last_error=""):
        log.warning("Mail %s was sent after its claim had ended", row.message_id)
    return 1


def _failed(row: OutgoingMail, at: datetime, error: Exception) -> None:
    if row.attempts > len(BACK_OFF) or _is_permanent(error):
        log.error("Mail %s to member %s is given up: %s", row.message_id, row.member_id, _words(error))
        _held([row], at).update(state=State.FAILED, claimed_at=None, last_error=_words(error))
        return
    due_at = at + BACK_OFF[row.attempts - 1]
    _held([row], at).update(state=State.WAITING, claimed_at=None, due_at=due_at, last_error=_words(error))


def as_message(row: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as the backend sends it."""
    headers = {"Message-ID": row.message_id} | row.headers
    message = EmailMultiAlternatives(row.subject, row.text, to=[row.to], headers=headers)
    if row.html:
        message.attach_alternative(row.html, "text/html")
    for part in row.attachments:
        if part.get("as") == "alternative":
            message.attach_alternative(part["text"], part["type"])
        else:
            message.attach(part["name"], part["text"], part["type"])
    return message


def _held(rows: list[OutgoingMail], at: datetime) -> Any:
    """Those of them that are still ours: a claim may have ended while we were slow."""
    return OutgoingMail.objects.filter(pk__in=[row.pk for row in rows], state=State.SENDING, claimed_at=at)


def _is_unwanted(mail: OutgoingMail, unreachable: set[int]) -> bool:
    who = mail.member
    if who is None:
        return False
    if not who.is_active or who.departed_at:
        return True
    return who.pk in unreachable and registry.may_be_ended(mail.kind)


def _is_permanent(error: Exception) -> bool:
    """The mail server knows that this address will never work."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= PERMANENT for code, _ in error.recipients.values())


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:ERROR_LIMIT]
