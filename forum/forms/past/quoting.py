"""A mail's words as Markdown: quotes stay quotes, what only repeats the mail before goes, and so does the signature."""

import re
from collections.abc import Iterable, Iterator

LONGEST_SIGNATURE = 12
_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!https?://|mailto:|[^\s<>@]+@[^\s<>]+>)")
_HEADING = re.compile(r"^(\s{0,3})(#|[-=]{3,}\s*$)")


def as_markdown(text: str) -> str:
    """The text of a mail, never emptied: where it is nothing but a quote, it stays one."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines = _without_repetition(_without_signature(lines)) or lines
    return "\n".join(_apart(_harmless(line) for line in lines)).strip("\n")


def _without_signature(lines: list[str]) -> list[str]:
    for number in range(len(lines) - 1, max(len(lines) - LONGEST_SIGNATURE - 2, -1), -1):
        if lines[number] == "--":
            return lines[:number]
    return lines


def _without_repetition(lines: list[str]) -> list[str]:
    """Without the quote at the very end and the line that introduces it; quotes between answers stay."""
    kept = list(lines)
    quoted = 0
    while kept and (not kept[-1] or kept[-1].startswith(">")):
        quoted += kept.pop().startswith(">")
    if not quoted:
        return kept
    if kept and kept[-1].endswith(":"):
        kept.pop()
        if kept and kept[-1] and not kept[-1].endswith((".", "?", "!")) and kept[-1].startswith(("On ", "Am ", "Le ")):
            kept.pop()
    return kept if any(kept) else []


def _harmless(line: str) -> str:
    """A line that Markdown would take for something else than it was."""
    return _HEADING.sub(r"\1\\\2", _TAG.sub(r"\\<", line)) if not line.startswith(">") else _TAG.sub(r"\\<", line)


def _apart(lines: Iterable[str]) -> Iterator[str]:
    """An answer right below a quote would become part of it: an empty line between."""
    before = ""
    for line in lines:
        if before.startswith(">") and line and not line.startswith(">"):
            yield ""
        yield line
        before = line
