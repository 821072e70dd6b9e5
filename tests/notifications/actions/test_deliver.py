"""The sender, against a real SMTP server on the loopback."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from pytest_django import Settings

from notifications import registry
from notifications.actions import deliver, letters
from notifications.models import OutgoingMail
from tests.factories.community import MemberFactory
from tests.factories.notifications import NoticeFactory, OutgoingMailFactory

State = OutgoingMail.State


class Sink:
    """Keeps what arrives; refuses addresses that say so."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802  (named by aiosmtpd)
        if address.startswith("refused"):
            return "550 no such address"
        if address.startswith("later"):
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """A real SMTP server, which the settings point at."""
    kept = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield kept
    controller.stop()


def states() -> list[tuple[str, int]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("state", "attempts"))


def test_a_notice_arrives_whole(at: datetime, sink: Sink, db: None) -> None:
    notice = NoticeFactory(scope="group:7", title="Grüße aus Leeds", excerpt="Bring a fork.", mail_due_at=at)
    letters.write(at)
    assert deliver.send(at) == 1
    row, (got,) = OutgoingMail.objects.get(), sink.mails
    assert (row.state, row.sent_at) == (State.SENT, at)
    assert (got["Subject"], got["To"]) == ("Grüße aus Leeds", notice.recipient.email)
    assert got["Message-ID"] == row.message_id
    assert got["References"] == "<thing-1.about@localhost>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["List-Id"] == "<group-7.localhost>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got["List-Unsubscribe"].strip() == row.headers["List-Unsubscribe"]
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None and "Bring a fork." in text.get_content()
    assert html is not None and "Grüße aus Leeds" in html.get_content()


def test_attachments_arrive(at: datetime, sink: Sink, db: None) -> None:
    part = {"name": "invite.ics", "type": "text/calendar; method=PUBLISH", "text": "BEGIN:VCALENDAR\nEND:VCALENDAR\n"}
    OutgoingMailFactory(attachments=[part])
    deliver.send(at)
    (got,) = sink.mails[0].iter_attachments()
    assert (got.get_filename(), got.get_content_type(), got["Content-Type"].params["method"]) == (
        "invite.ics",
        "text/calendar",
        "PUBLISH",
    )
    assert got.get_content().startswith("BEGIN:VCALENDAR")


def test_one_refused_address_stops_nobody(at: datetime, sink: Sink, db: None) -> None:
    for to in ("refused@example.org", "fine@example.org", "later@example.org"):
        OutgoingMailFactory(to=to)
    deliver.send(at)
    assert [got["To"] for got in sink.mails] == ["fine@example.org"]
    assert states() == [(State.FAILED, 1), (State.SENT, 1), (State.WAITING, 1)]
    assert "no such address" in OutgoingMail.objects.get(to="refused@example.org").last_error


def test_tries_again_ever_later_and_then_gives_up(at: datetime, sink: Sink, db: None) -> None:
    row = OutgoingMailFactory(to="later@example.org", due_at=at)
    waits = []
    for _ in range(5):
        deliver.send(at)
        row.refresh_from_db()
        waits.append(int((row.due_at - at).total_seconds() // 60))
        assert deliver.send(row.due_at - timedelta(seconds=1)) == 0
        at = row.due_at
    deliver.send(at)
    row.refresh_from_db()
    assert waits == [1, 5, 30, 120, 360]
    assert (row.state, row.attempts) == (State.FAILED, 6)


def test_nothing_is_lost_while_the_server_is_away(at: datetime, db: None, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    OutgoingMailFactory.create_batch(2)
    for hour in range(10):
        assert deliver.send(at + timedelta(hours=hour)) == 0
    assert states() == [(State.WAITING, 0), (State.WAITING, 0)]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver.send(at + timedelta(hours=10)) == 2
    assert len(mail.outbox) == 2


def test_a_dead_senders_claim_ends_after_ten_minutes(at: datetime, db: None) -> None:
    row = OutgoingMailFactory()
    deliver.claim(at)  # and then it is killed
    assert deliver.send(at + timedelta(minutes=9)) == 0
    assert deliver.send(at + timedelta(minutes=10)) == 1
    assert [each.extra_headers["Message-ID"] for each in mail.outbox] == [row.message_id]
    assert states() == [(State.SENT, 2)]


def test_a_late_sender_does_not_undo_what_another_did(at: datetime, db: None) -> None:
    OutgoingMailFactory()
    (late,), _ = deliver.claim(at)
    deliver.send(at + timedelta(minutes=10))
    deliver.put_back([late], at, OSError("slow"))
    assert states() == [(State.SENT, 2)]


def test_departed_get_none_and_suspended_only_what_must_be_sent(
    at: datetime, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    suspended = MemberFactory()
    monkeypatch.setattr(registry, "_unreachable", [lambda ids, now: {suspended.pk} & set(ids)])
    OutgoingMailFactory(member=MemberFactory(departed_at=at))
    OutgoingMailFactory(member=MemberFactory(is_active=False))
    OutgoingMailFactory(member=suspended)
    OutgoingMailFactory(member=suspended, kind="test.needed")
    OutgoingMailFactory(member=None)
    deliver.send(at)
    assert [state for state, _ in states()] == [State.DROPPED] * 3 + [State.SENT] * 2


@pytest.mark.parametrize("many", [1, 3])
def test_claiming_takes_the_same_number_of_queries(
    many: int, at: datetime, db: None, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_unreachable", [])
    OutgoingMailFactory.create_batch(many)
    with django_assert_num_queries(4):  # savepoint ×2, what is due, the claim
        deliver.claim(at)
