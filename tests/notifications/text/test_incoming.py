"""What a mail says: trimmed, decoded, or left out."""

import time
from email.message import EmailMessage

import pytest

from notifications.text.incoming import body_text, is_automatic, parse, reply_text, sender
from notifications.text.reply import newly_written


def mail(text: str) -> EmailMessage:
    message = EmailMessage()
    message.set_content(text)
    return message


@pytest.mark.parametrize(
    "quoted",
    [
        "On Tue, 1 Dec 2026 at 15:00, Ann <ann@example.org> wrote:\n> Are you coming?",
        "Am Di., 1. Dez. 2026 um 15:00 Uhr schrieb Ann <ann@example.org>:\n> Kommst du?",
        "Le mar. 1 déc. 2026 à 15:00, Ann <ann@example.org> a écrit :\n> Tu viens ?",
        "El mar, 1 dic 2026 a las 15:00, Ann <ann@example.org> escribió:\n> ¿Vienes?",
        "Il giorno mar 1 dic 2026 alle ore 15:00 Ann <ann@example.org> ha scritto:\n> Vieni?",  # codespell:ignore alle,ore
        "Op di 1 dec 2026 om 15:00 schreef Ann <ann@example.org>:\n> Kom je?",
        "Den tis 1 dec. 2026 kl 15:00 skrev Ann <ann@example.org>:\n> Kommer du?",
        "Dnia wt., 1 gru 2026 o 15:00 Ann <ann@example.org> napisał(a):\n> Przyjdziesz?",
    ],
)
def test_what_is_answered_is_left_out(quoted: str) -> None:
    assert reply_text(mail(f"Yes.\n\nI bring the router.\n\n{quoted}\n")) == "Yes.\n\nI bring the router."


@pytest.mark.parametrize(
    "below",
    [
        "-- \nJo Bloggs\nBloggs IT",
        "Sent from my iPhone",
        "Gesendet von meinem iPhone\n\nAm 1.12.2026 um 15:00 schrieb Ann <ann@example.org>:\n> Kommst du?",
        "From: Ann\nSent: Tuesday\nTo: Jo\nSubject: It happened\n\nAre you coming?",
        "Von: Ann\nGesendet: Dienstag\nAn: Jo\nBetreff: Es geschah\n\nKommst du?",
        "-----Original Message-----\nFrom: Ann",
        "On Tue, 1 Dec 2026 at 15:00, Ann Somebody of Somewhere\n<ann@example.org> wrote:\n\n> Are you coming?",
    ],
)
def test_a_signature_and_what_is_answered_are_left_out(below: str) -> None:
    assert reply_text(mail(f"Yes.\n\n{below}\n")) == "Yes."


@pytest.mark.parametrize(
    "text",
    [
        "Hi Ann,\nThanks, that helps.\nBest, in my view, is RAID 6.",
        "Three things:\n- one\n- two\n- three",
        "> Are you coming?\nYes.\n> With the router?\nNo.",
        "On Tuesdays I never can:\nmy children wrote me into a choir.",
        "Note: the mail from: line is wrong.",
    ],
)
def test_what_was_written_stays(text: str) -> None:
    assert reply_text(mail(text)) == text


@pytest.mark.parametrize(
    "piece", ["\n", "On ", "On Tue, wrote ", "On x\n", "From: x\n", "_", "> ", "a:\n", "Am x schrieb:\n"]
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    began = time.process_time()
    newly_written((piece * 200_000)[:200_000])
    assert time.process_time() - began < 1.5


def test_html_alone_is_read() -> None:
    message = EmailMessage()
    message.set_content("<style>p{}</style><p>Yes, <b>please</b>.</p><p>And &amp; one.</p>", subtype="html")
    assert reply_text(message) == "Yes, please.\nAnd & one."


def test_plain_text_deep_inside() -> None:
    inner = EmailMessage()
    inner.set_content("Deep inside.")
    inner.add_alternative("<p>Not this.</p>", subtype="html")
    middle = EmailMessage()
    middle.make_related()
    middle.attach(inner)
    outer = EmailMessage()
    outer.make_mixed()
    outer.attach(middle)
    outer.add_attachment(b"TNEF", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    assert body_text(parse(outer.as_bytes())).strip() == "Deep inside."


@pytest.mark.parametrize(
    ("charset", "body", "reads"),
    [
        ("utf-8", "Grüße".encode("latin-1"), "Grüße"),
        ("nonsense-7", "Grüße".encode(), "Grüße"),
        ("iso-8859-1", "Grüße".encode("latin-1"), "Grüße"),
        ("us-ascii", "Grüße".encode(), "Grüße"),
    ],
)
def test_a_wrong_charset_is_got_over(charset: str, body: bytes, reads: str) -> None:
    head = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
    assert reply_text(parse(head + body)) == reads


def test_nothing_to_read() -> None:
    assert reply_text(parse(b"Content-Type: image/png\r\n\r\nxx")) == ""


def test_two_senders_are_none() -> None:
    assert sender(parse(b"From: a@example.org, b@example.org\r\n\r\n")) == ""


def test_a_bounce_is_automatic() -> None:
    assert is_automatic(parse(b"From: a@example.org\r\nContent-Type: multipart/report; boundary=x\r\n\r\n"))
    assert is_automatic(parse(b"From: MAILER-DAEMON@example.org\r\n\r\n"))
    assert not is_automatic(parse(b"From: jo@example.org\r\nAuto-Submitted: no\r\n\r\n"))
