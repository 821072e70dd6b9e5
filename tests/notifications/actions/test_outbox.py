"""A mail is a row first, whole and safe."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings

from community.models import Member
from notifications.actions.outbox import post
from notifications.models import OutgoingMail
from notifications.tokens import Unsubscription, read_unsubscribe_token


def write(at: datetime, title: str = "It happened", **facts: Any) -> OutgoingMail:
    notice = SimpleNamespace(title=title, excerpt="Tom & Jo said <b>yes</b>", url="/t/1/")
    given = {"to": "jo@example.org", "kind": "test.happened", "template": "notifications/email/notice"} | facts
    post(**given, context={"notice": notice, "notices": [notice]}, at=at)
    return OutgoingMail.objects.latest("pk")


@override_settings(MAIL_DOMAIN="example.org", BASE_URL="https://example.org")
def test_renders_text_and_html(at: datetime, db: None) -> None:
    row = write(at)
    assert (row.subject, row.to, row.state, row.due_at) == ("It happened", "jo@example.org", "waiting", at)
    assert row.text.startswith("Tom & Jo said <b>yes</b>\n\nhttps://example.org/t/1/\n")
    assert "Tom &amp; Jo said &lt;b&gt;yes&lt;/b&gt;" in row.html
    assert 'class="button" href="https://example.org/t/1/" style="' in row.html
    assert "prefers-color-scheme: dark" in row.html
    assert row.message_id.startswith("<") and row.message_id.endswith("@example.org>")


def test_no_name_or_title_adds_a_header(at: datetime, db: None) -> None:
    row = write(at, title="Hi\r\nBcc: all@example.org", headers={"X-Group": "Leeds\r\nBcc: all@example.org"})
    assert row.subject == "Hi"
    assert row.headers == {"Auto-Submitted": "auto-generated", "X-Group": "Leeds Bcc: all@example.org"}


def test_an_address_with_a_line_end_is_refused(at: datetime, db: None) -> None:
    with pytest.raises(ValidationError):
        write(at, to="jo@example.org\nBcc: all@example.org")
    assert OutgoingMail.objects.count() == 0


def test_a_member_gets_the_way_out(at: datetime, member: Member) -> None:
    row = write(at, to=member.email, member_id=member.pk, scope="group:7")
    link = row.headers["List-Unsubscribe"].strip("<>")
    assert read_unsubscribe_token(link.rstrip("/").rsplit("/", 1)[1]) == Unsubscription(
        member.pk, "test.happened", "group:7"
    )
    assert row.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert row.headers["List-Id"] == "<group-7.localhost>"
    assert link in row.text
    assert link in row.html


@pytest.mark.parametrize("kind", ["test.needed", "account.code"])
def test_what_must_be_sent_has_no_way_out(kind: str, at: datetime, member: Member) -> None:
    assert "List-Unsubscribe" not in write(at, kind=kind, member_id=member.pk).headers


def test_the_same_key_leaves_one_row(at: datetime, db: None) -> None:
    first, second = write(at, dedupe="once"), write(at, dedupe="once")
    assert first.pk == second.pk
    assert OutgoingMail.objects.count() == 1
