"""The door: whose address, whose mail, once."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import override_settings

from community.models import Member
from notifications import registry
from notifications.actions import addresses, incoming
from notifications.models import IncomingAddress, IncomingMail, OutgoingMail
from notifications.text.incoming import reply_text
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Member | None, dict[str, Any], str]]:
    """What the handler "test" was given."""
    given: list[tuple[Member | None, dict[str, Any], str]] = []

    def handler(*, member: Member | None, data: dict[str, Any], message: EmailMessage, at: datetime) -> str:
        if "refuse" in data:
            raise registry.Refused("This talk is closed.")
        if "crash" in data:
            raise RuntimeError
        given.append((member, data, reply_text(message)))
        return "Taken"

    monkeypatch.setattr(registry, "_handlers", {"test": handler})
    return given


def address(member: Member | None, at: datetime, **data: Any) -> str:
    expires_at = data.pop("expires_at", None)
    return addresses.make(handler="test", data=data, member=member, at=at, expires_at=expires_at)


def mail(to: str, sender: str = "jo@example.org", text: str = "Yes, please.", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "Re: It happened"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if "Message_ID" not in headers:
        message["Message-ID"] = "<1@example.org>"
    message.set_content(text)
    return message.as_bytes()


def test_goes_to_its_handler_once(member: Member, at: datetime, heard: list[Any]) -> None:
    to = address(member, at, topic=7)
    raw = mail(f"Pilot Light <{to}>", member.email)
    first = incoming.receive(raw, at)
    again = incoming.receive(raw, at + timedelta(minutes=1))
    assert (first.outcome, first.detail, first.sender) == ("done", "Taken", member.email)
    assert again.pk == first.pk
    assert heard == [(member, {"topic": 7}, "Yes, please.")]


def test_the_token_is_long_and_only_its_hash_is_kept(member: Member, at: datetime) -> None:
    token = address(member, at).partition("@")[0]
    row = IncomingAddress.objects.get()
    assert len(token) * 5 >= 128
    assert token not in str(vars(row))
    assert address(member, at).partition("@")[0] != token


@pytest.mark.parametrize("name", ["Delivered_To", "X_Original_To", "Cc"])
def test_found_in_other_headers_and_in_capitals(name: str, member: Member, at: datetime, heard: list[Any]) -> None:
    to = address(member, at)
    incoming.receive(mail("list@example.org", member.email, **{name: to.upper()}), at)
    assert len(heard) == 1


def test_nobodys_address(member: Member, at: datetime, heard: list[Any]) -> None:
    address(member, at)
    row = incoming.receive(mail("nobody@localhost", member.email), at)
    assert (row.outcome, heard, OutgoingMail.objects.count()) == ("unknown", [], 0)


@override_settings(MAIL_DOMAIN="talk.example.org")
def test_the_domain_counts_too(member: Member, at: datetime, heard: list[Any]) -> None:
    token = address(member, at).partition("@")[0]
    assert incoming.receive(mail(f"{token}@elsewhere.example.org", member.email), at).outcome == "unknown"


def test_only_its_member_may_use_it(member: Member, at: datetime, heard: list[Any]) -> None:
    EmailAddress.objects.create(user=member, email="second@example.org", verified=True)
    EmailAddress.objects.create(user=member, email="claimed@example.org", verified=False)
    other = MemberFactory()
    to = address(member, at)
    outcomes = [
        incoming.receive(mail(to, sender, Message_ID=f"<{sender}>"), at).outcome
        for sender in (member.email.upper(), "second@example.org", "claimed@example.org", other.email)
    ]
    assert outcomes == ["done", "done", "refused", "refused"]
    assert len(heard) == 2
    assert OutgoingMail.objects.count() == 0


def test_former_members_speak_no_more(at: datetime, heard: list[Any]) -> None:
    gone = MemberFactory(departed_at=at)
    assert incoming.receive(mail(address(gone, at), gone.email), at).outcome == "refused"
    assert heard == []


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Return_Path": "<>"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<list.example.org>"},
    ],
)
def test_machines_are_not_heard(header: dict[str, str], member: Member, at: datetime, heard: list[Any]) -> None:
    row = incoming.receive(mail(address(member, at), member.email, **header), at)
    assert (row.outcome, row.detail, heard, OutgoingMail.objects.count()) == ("refused", "Sent by a machine", [], 0)


def test_a_refusal_brings_the_words_back(member: Member, at: datetime) -> None:
    row = incoming.receive(mail(address(member, at, refuse=True), member.email, "A long answer."), at)
    back = OutgoingMail.objects.get()
    assert (row.outcome, row.detail) == ("refused", "This talk is closed.")
    assert (back.to, back.subject) == (member.email, "We could not take your mail: Re: It happened")
    assert "This talk is closed." in back.text
    assert "A long answer." in back.text
    assert back.headers["In-Reply-To"] == "<1@example.org>"
    assert back.headers["Auto-Submitted"] == "auto-replied"


def test_an_address_past_its_time(member: Member, at: datetime, heard: list[Any]) -> None:
    to = address(member, at, expires_at=at + timedelta(days=1))
    row = incoming.receive(mail(to, member.email), at + timedelta(days=1))
    assert (row.outcome, heard) == ("refused", [])
    assert "good for a while only" in OutgoingMail.objects.get().text


def test_a_crash_keeps_nothing_so_that_it_comes_again(member: Member, at: datetime) -> None:
    raw = mail(address(member, at, crash=True), member.email)
    with pytest.raises(RuntimeError):
        incoming.receive(raw, at)
    assert IncomingMail.objects.count() == 0


def test_too_large(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(incoming.TooLarge):
        incoming.receive(b"x" * (incoming.LARGEST + 1), at)


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe", b"Subject: x", b"To: @@@<<>>\r\nFrom: =?x?q?=FF?=\r\n\r\nhi"])
def test_rubbish_does_no_harm(raw: bytes, at: datetime, heard: list[Any]) -> None:
    assert incoming.receive(raw, at).outcome == "unknown"
    assert heard == []


def test_a_handler_that_judges_for_itself_gets_all(
    member: Member, at: datetime, heard: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_judges", {"test"})
    to = address(member, at)
    mails = [
        mail(to, "stranger@example.org"),
        mail(to, member.email, Auto_Submitted="auto-generated", Message_ID="<2@example.org>"),
    ]
    assert [incoming.receive(each, at).outcome for each in mails] == ["done", "done"]
    assert len(heard) == 2
