"""The door over HTTP and through a pipe."""

import io
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from notifications.actions import incoming
from notifications.models import IncomingMail

URL = reverse("notifications:incoming")
RAW = b"From: jo@example.org\r\nTo: nobody@localhost\r\nMessage-ID: <1@example.org>\r\n\r\nHello\r\n"


def post(raw: bytes = RAW, **headers: str) -> Any:
    return Client(enforce_csrf_checks=True).post(URL, raw, content_type="message/rfc822", headers=headers)


@pytest.mark.parametrize(("secret", "given"), [("", ""), ("", "x"), ("right", "wrong"), ("right", "")])
def test_closed_without_the_secret(secret: str, given: str, settings: Settings, db: None) -> None:
    settings.INCOMING_MAIL_SECRET = secret
    assert post(**{"X-Mail-Secret": given}).status_code == 403
    assert IncomingMail.objects.count() == 0


def test_lets_a_mail_in(settings: Settings, db: None) -> None:
    settings.INCOMING_MAIL_SECRET = "right"
    answer = post(**{"X-Mail-Secret": "right"})
    assert (answer.status_code, answer.json()["outcome"]) == (202, "unknown")
    assert IncomingMail.objects.get().message_id == "<1@example.org>"


def test_large_mail_is_taken_and_too_large_refused(settings: Settings, db: None) -> None:
    settings.INCOMING_MAIL_SECRET = "right"
    assert post(RAW + b"x" * 6_000_000, **{"X-Mail-Secret": "right"}).status_code == 202
    assert post(b"x" * (incoming.LARGEST + 1), **{"X-Mail-Secret": "right"}).status_code == 413


class Pipe:
    def __init__(self, raw: bytes) -> None:
        self.buffer = io.BytesIO(raw)


def test_through_a_pipe(monkeypatch: pytest.MonkeyPatch, db: None, capsys: Any) -> None:
    monkeypatch.setattr(sys, "stdin", Pipe(RAW))
    call_command("receive_mail")
    assert capsys.readouterr().out == "unknown: No such address\n"


def test_a_pipe_too_full(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(sys, "stdin", Pipe(b"x" * (incoming.LARGEST + 1)))
    with pytest.raises(CommandError) as raised:
        call_command("receive_mail")
    assert raised.value.returncode == 65
