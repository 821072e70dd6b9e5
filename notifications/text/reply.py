"""Where in a reply the quoted mail or the signature begins.

`mail-parser-reply` knows how mail programmes introduce what they quote in thirteen languages. Over whole texts its
patterns take time that grows with the square of the length (5,000 empty lines: 13 s) and its list of farewells cuts
off what follows a line that merely begins with "Thanks,". So each line is tried by itself, over a short window, with
the introductions and the "Sent from my …" lines alone.
"""

import re
from functools import cache

from mailparser_reply.constants import MAIL_LANGUAGES
from mailparser_reply.parser import EmailMessage as KnownMail

WINDOW = 500
LINES = 1_500
"""Further down nobody looks for an end: the text is kept whole."""
DELIMITERS = {"--", "—", "________________________________"}


def newly_written(text: str) -> str:
    """The text above what it answers, without the signature; never empty unless nothing was written above."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    end = next((number for number in range(min(len(lines), LINES)) if _ends(lines, number)), len(lines))
    kept = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:end]]
    while kept and (not kept[-1] or _is_sent_from(kept[-1])):
        kept.pop()
    return "\n".join(kept).strip("\n")


def _ends(lines: list[str], number: int) -> bool:
    line = lines[number]
    if not line:
        return False
    if line in DELIMITERS or _introduces(lines, number):
        return True
    if "@" not in line and ":" not in line and "-" not in line and not _goes_on(lines, number):
        return False
    return _known_header().match("\n".join(lines[number : number + 4])[:WINDOW]) is not None


def _introduces(lines: list[str], number: int) -> bool:
    """A line (or two) with an address and a colon at its end, over a quote: so in every language."""
    below = next((each for each in lines[number + 1 : number + 4] if each), "")
    line = lines[number]
    return line.endswith(":") and "@" in line and below.startswith(">")


def _goes_on(lines: list[str], number: int) -> bool:
    """An introduction broken into two lines ends in a colon on the second."""
    return number + 1 < len(lines) and lines[number + 1].endswith(":")


def _is_sent_from(line: str) -> bool:
    return _sent_from().match(line.strip()) is not None


@cache
def _known_header() -> "re.Pattern[str]":
    return KnownMail(text="", languages=sorted(MAIL_LANGUAGES)).HEADER_REGEX


@cache
def _sent_from() -> "re.Pattern[str]":
    phrases = [phrase for each in MAIL_LANGUAGES.values() if (phrase := each.get("sent_from", "").strip("|"))]
    return re.compile(rf"(?:{'|'.join(phrases)}).{{0,60}}$", re.IGNORECASE)
