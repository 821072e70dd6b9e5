"""What a mail says: addresses, text, and whether a person wrote it."""

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import getaddresses
from html.parser import HTMLParser

from notifications.text.reply import newly_written

RECIPIENT_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
MACHINE_PRECEDENCE = {"bulk", "junk", "list", "auto_reply"}
BLOCKS = {"p", "div", "br", "li", "tr", "blockquote", "h1", "h2", "h3", "pre"}


def parse(raw: bytes) -> EmailMessage:
    """A mail out of its bytes; what is broken in it is kept as far as it can be read."""
    return BytesParser(policy=policy.default.clone(max_line_length=None)).parsebytes(raw)


def header(message: EmailMessage, name: str) -> str:
    """One header as text; "" where it is missing or cannot be read."""
    try:
        return str(message.get(name, "")).strip()
    except Exception:  # noqa: BLE001  (the parser of headers raises many kinds over hostile input)
        return ""


def recipients(message: EmailMessage) -> list[str]:
    """Every address it was sent to, in lower case."""
    values = [value for name in RECIPIENT_HEADERS for value in _all(message, name)]
    return [address.lower() for _, address in getaddresses(values) if "@" in address]


def sender(message: EmailMessage) -> str:
    """The address in From, in lower case; "" where there is not exactly one."""
    found = [address.lower() for _, address in getaddresses(_all(message, "From")) if "@" in address]
    return found[0] if len(found) == 1 else ""


def is_automatic(message: EmailMessage) -> bool:
    """Whether a machine sent it: an answer while away, a bounce, a list (RFC 3834, RFC 3464)."""
    if header(message, "Auto-Submitted").lower() not in {"", "no"}:
        return True
    if header(message, "Return-Path") == "<>" or header(message, "Precedence").lower() in MACHINE_PRECEDENCE:
        return True
    if header(message, "X-Autoreply") or header(message, "X-Autorespond") or header(message, "List-Id"):
        return True
    if message.get_content_type() == "multipart/report":
        return True
    return sender(message).partition("@")[0] in {"mailer-daemon", "postmaster", "noreply", "no-reply"}


def reply_text(message: EmailMessage) -> str:
    """What the sender wrote anew: without what they answer, and without a signature."""
    return newly_written(body_text(message))


def body_text(message: EmailMessage) -> str:
    """The text of a mail, whole: its plain part, else what its HTML says."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = _decoded(part)
    return _plain(text) if part.get_content_subtype() == "html" else text


def calendars(message: EmailMessage) -> list[str]:
    """Every calendar in a mail, as text: a part of its own, or a file beside or instead of the words."""
    return [_decoded(part) for part in message.walk() if _is_calendar(part)]


def pictures(message: EmailMessage) -> list[tuple[str, bytes]]:
    """Name and bytes of every part that says it is a picture; whether it is one shows when it is opened."""
    found = []
    for part in message.walk():
        payload = part.get_payload(decode=True) if part.get_content_maintype() == "image" else None
        if isinstance(payload, bytes) and payload:
            found.append((_filename(part), payload))
    return found


def _filename(part: MIMEPart) -> str:
    try:
        return " ".join((part.get_filename() or "").split())
    except Exception:  # noqa: BLE001  (as in `header`)
        return ""


def _is_calendar(part: MIMEPart) -> bool:
    if part.get_content_type() in {"text/calendar", "application/ics"}:
        return True
    return _filename(part).lower().endswith(".ics")


def _decoded(part: MIMEPart) -> str:
    """Also when the charset it names does not exist, or is not the one it is written in."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    for charset in (part.get_content_charset(), "utf-8", "windows-1252"):
        try:
            return payload.decode(charset or "utf-8").replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            continue
    return payload.decode("utf-8", "replace").replace("\r\n", "\n")


def _all(message: EmailMessage, name: str) -> list[str]:
    try:
        return [str(value) for value in message.get_all(name, [])]
    except Exception:  # noqa: BLE001  (as in `header`)
        return []


class _Words(HTMLParser):
    """Text out of HTML, a line for each block; scripts and styles left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Blocks begin a line."""
        self.silent += tag in {"script", "style", "head"}
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Say again what was silent."""
        self.silent -= tag in {"script", "style", "head"} and self.silent > 0

    def handle_data(self, data: str) -> None:
        """What is read."""
        if not self.silent:
            self.words.append(data)

    def lines(self) -> Iterator[str]:
        """One block a line."""
        return (" ".join(line.split()) for line in "".join(self.words).split("\n"))


def _plain(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    return "\n".join(line for line in reader.lines() if line)
