"""Answers to an invitation, in the shape in which each mail programme sends them. Written by us, after RFC 6047."""

import re
from base64 import encodebytes
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from quopri import encodestring

NUMBERS = count(1)
STAMP = datetime(2026, 12, 1, 15, 5, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What stood in the invitation."""

    uid: str
    organiser: str
    attendee: str
    starts_at: datetime
    sequence: int = 0

    @classmethod
    def in_mail(cls, text: str) -> "Asked":
        """Read by hand, not by the code under test."""
        flat = text.replace("\n ", "")
        found = {
            name: re.search(rf"^{name}[^\n]*?:(?:mailto:)?([^\n]+)$", flat, re.MULTILINE)[1]
            for name in ("UID", "ORGANIZER", "ATTENDEE", "SEQUENCE")
        }
        local = re.search(r"^DTSTART;TZID=Europe/London:(\S+)$", flat, re.MULTILINE)[1]
        starts_at = datetime.strptime(local, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)  # winter: London is UTC
        return cls(
            uid=found["UID"],
            organiser=found["ORGANIZER"],
            attendee=found["ATTENDEE"],
            starts_at=starts_at,
            sequence=int(found["SEQUENCE"]),
        )


def zulu(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def calendar(
    asked: Asked,
    attendee: str,
    *more: str,
    organiser: bool = True,
    method: str = "REPLY",
    stamp: datetime = STAMP,
    start: str = "",
) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Somebody//Some calendar//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        start or f"DTSTART:{zulu(asked.starts_at)}",
        f"DTSTAMP:{zulu(stamp)}",
        *([f"ORGANIZER;CN=Group:mailto:{asked.organiser}"] if organiser else []),
        f"UID:{asked.uid}",
        attendee,
        f"SEQUENCE:{asked.sequence}",
        *more,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines)


def whole(headers: list[str], body: str) -> bytes:
    """Headers and body; each mail has a Message-ID of its own."""
    first = [f"Message-ID: <{next(NUMBERS)}@mail.example>", "MIME-Version: 1.0", *headers]
    return ("\r\n".join(first) + "\r\n\r\n" + body).encode()


def part(kind: str, text: str, encoding: str = "7bit", *more: str) -> str:
    if encoding == "base64":
        text = encodebytes(text.encode()).decode().replace("\n", "\r\n")
    elif encoding == "quoted-printable":
        text = encodestring(text.encode()).decode()
    return "\r\n".join([f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}", *more, "", text, ""])


def multi(subtype: str, boundary: str, *parts: str) -> tuple[str, str]:
    """The header and the body of a mail of several parts."""
    body = "".join(f"--{boundary}\r\n{each}" for each in parts) + f"--{boundary}--\r\n"
    return f'Content-Type: multipart/{subtype}; boundary="{boundary}"', body


def gmail(asked: Asked, part_stat: str, sender: str = "", *, guests: int = 0, stamp: datetime = STAMP) -> bytes:
    """Sent by a machine, says so, and carries the calendar twice."""
    who = sender or asked.attendee
    attendee = f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={part_stat};CN={who};X-NUM-GUESTS={guests}:mailto:{who}"
    text = calendar(asked, attendee, "STATUS:CONFIRMED", "TRANSP:OPAQUE", stamp=stamp)
    inner = multi(
        "alternative",
        "inner",
        part('text/plain; charset="UTF-8"; format=flowed; delsp=yes', f"{who} has replied.", "base64"),
        part('text/html; charset="UTF-8"', "<p>Replied – “yes”</p>", "quoted-printable"),
        part('text/calendar; charset="UTF-8"; method=REPLY', text),
    )
    file = part(
        'application/ics; name="invite.ics"', text, "base64", 'Content-Disposition: attachment; filename="invite.ics"'
    )
    kind, body = multi("mixed", "outer", f"{inner[0]}\r\n\r\n{inner[1]}", file)
    sent = [
        "Auto-Submitted: auto-generated",
        "Sender: Google Calendar <calendar-notification@google.com>",
        f"Reply-To: {who}",
    ]
    return whole([f"From: {who}", f"To: {asked.organiser}", "Subject: Accepted: Evening", *sent, kind], body)


def outlook(asked: Asked, part_stat: str, sender: str = "", *, stamp: datetime = STAMP) -> bytes:
    """Exchange: no ORGANIZER, a zone by its Windows name, everything in base64."""
    who = sender or asked.attendee
    zone = [
        "BEGIN:VTIMEZONE",
        "TZID:GMT Standard Time",
        "BEGIN:STANDARD",
        "DTSTART:16010101T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
    ]
    zone += [
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:16010101T010000",
    ]
    zone += [
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100",
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    ]
    attendee = f"ATTENDEE;PARTSTAT={part_stat};CN=Sam Doe:MAILTO:{who.upper()}"
    start = f"DTSTART;TZID=GMT Standard Time:{asked.starts_at:%Y%m%dT%H%M%S}"
    more = (
        "COMMENT;LANGUAGE=en-GB:\\n",
        "PRIORITY:5",
        "X-MICROSOFT-CDO-APPT-SEQUENCE:0",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    )
    text = calendar(asked, attendee, *more, organiser=False, stamp=stamp, start=start)
    text = text.replace("BEGIN:VEVENT", "\r\n".join([*zone, "BEGIN:VEVENT"]))
    plain = part('text/plain; charset="Windows-1252"', "", "quoted-printable")
    kind, body = multi(
        "alternative", "_000_X_", plain, part('text/calendar; charset="utf-8"; method=REPLY', text, "base64")
    )
    headers = [
        f'From: "Doe, Sam" <{who}>',
        f'To: "Group" <{asked.organiser}>',
        "Subject: Accepted: Evening",
        "Thread-Topic: Evening",
    ]
    return whole([*headers, "X-MS-Has-Attach:", kind], body)


def apple(asked: Asked, part_stat: str, sender: str = "", *, stamp: datetime = STAMP) -> bytes:
    """The calendar alone, and an attendee whose address stands in a parameter."""
    who = sender or asked.attendee
    attendee = f'ATTENDEE;CN="Sam Doe";CUTYPE=INDIVIDUAL;EMAIL="{who}";PARTSTAT={part_stat}:/aMTIzNDU2Nzg5/principal/'
    text = calendar(asked, attendee, "X-APPLE-NEEDS-REPLY:FALSE", stamp=stamp)
    kind = "Content-Type: text/calendar; charset=utf-8; method=REPLY"
    body = encodebytes(text.encode()).decode().replace("\n", "\r\n")
    headers = [
        f"From: Sam Doe <{who}>",
        f"To: {asked.organiser}",
        "Subject: Sam Doe accepted",
        "X-Mailer: Apple Mail (2.3774)",
    ]
    return whole([*headers, kind, "Content-Transfer-Encoding: base64"], body)


def thunderbird(asked: Asked, part_stat: str, sender: str = "", *, stamp: datetime = STAMP) -> bytes:
    """A date of its own called by RECURRENCE-ID, and the calendar as a file of an unknown kind."""
    who = sender or asked.attendee
    attendee = f"ATTENDEE;PARTSTAT={part_stat};ROLE=REQ-PARTICIPANT;CN=Sam\r\n  Doe:mailto:{who}"
    text = calendar(asked, attendee, f"RECURRENCE-ID:{zulu(asked.starts_at)}", stamp=stamp)
    file = part(
        'application/octet-stream; name="invite.ics"',
        text,
        "base64",
        'Content-Disposition: attachment;\r\n filename="invite.ics"',
    )
    kind, body = multi(
        "mixed", "----------0", part("text/plain; charset=UTF-8; format=flowed", "Sam Doe has accepted."), file
    )
    return whole(
        [
            f"From: Sam Doe <{who}>",
            f"To: Group <{asked.organiser}>",
            "Subject: Event Invitation Reply (Accepted)",
            kind,
        ],
        body,
    )


CLIENTS = (gmail, outlook, apple, thunderbird)
