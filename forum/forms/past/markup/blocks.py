"""Quotes, folds and dates, as they are written here."""

import re
from datetime import date, datetime, time

from forum.forms.past.markup.brackets import Node
from forum.forms.past.markup.known import Reading

LONGEST_NAME = 80

_PLACE = re.compile(r"(post|topic|username|full):\s*([^,]*)", re.IGNORECASE)
_TITLE = re.compile(r"=\s*(?:\"([^\"]*)\"|“([^”]*)”|(.*?))(?:\s+open)?\s*$")


def quote(node: Node, words: str, reading: Reading) -> str:
    """A block quote that says whose words they are; of a talk of chat too."""
    name, place = _quoted(node)
    lines = [line.rstrip() for line in words.strip().split("\n")]
    if name:
        lines = [f"{reading.quote(name, place)} wrote:", "", *lines]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def fold(node: Node, words: str) -> str:
    """What is folded away, with the line that shows; those in it have fewer colons."""
    found = _TITLE.match(node.said) if node.name == "details" else None
    title = " ".join((found[1] or found[2] or found[3] or "").split()) if found else ""
    longest = max((len(run) for run in re.findall(r"^[> ]*(:{3,})", words, re.MULTILINE)), default=2)
    colons = ":" * (longest + 1)
    return f"{colons} {f'spoiler {title}'.strip()}\n{words.strip()}\n{colons}"


def moment(node: Node) -> str:
    """A date in words, with the zone its clock is of; "" where it is none."""
    said = node.settings
    zone = said.get("timezone", "UTC").replace("_", " ")
    try:
        if node.name == "date":
            written, has_clock = _day(node.own, said.get("time", ""))
        else:
            began, has_clock = _day(*_halves(said["from"]))
            written = began
            if said.get("to"):
                ended, has_end = _day(*_halves(said["to"]))
                written, has_clock = f"{began} to {ended}", has_clock or has_end
    except (ValueError, KeyError):
        return ""
    return f"{written} ({zone})" if has_clock else written


def _quoted(node: Node) -> tuple[str, tuple[int, int]]:
    """Whose words, and their (topic, post); 0 where that is not said."""
    if node.name == "chat":
        return node.settings.get("quote", "").partition(";")[0][:LONGEST_NAME], (0, 0)
    found = _TITLE.match(node.said)
    said = (found[1] or found[2] or found[3] or "") if found else ""
    told = {name.lower(): value.strip() for name, value in _PLACE.findall(said)}
    name = told.get("username") or " ".join(_PLACE.sub("", said).strip(" ,").split())
    post, topic = (told.get(part, "") for part in ("post", "topic"))
    return name[:LONGEST_NAME], (_number(topic), _number(post))


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < len("1000000000000") else 0


def _halves(said: str) -> tuple[str, str]:
    day, _, clock = said.partition("T")
    return day, clock


def _day(day: str, clock: str) -> tuple[str, bool]:
    """“1 March 2019” or “1 March 2019, 19:00”, and whether it has a clock."""
    on = date.fromisoformat(day)
    words = f"{on.day} {on:%B %Y}"
    if not clock:
        return words, False
    return f"{words}, {datetime.combine(on, time.fromisoformat(clock)):%H:%M}", True
