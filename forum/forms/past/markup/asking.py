"""A poll of Discourse: asked again where it is still open and can be; else a list of its choices, with their votes."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from zoneinfo import ZoneInfo

from django.utils.html import strip_tags

from community.models import Member
from forum.forms.past.markup.brackets import Node
from forum.forms.past.markup.known import Facts, Reading
from forum.forms.past.markup.words import here
from forum.text.polls import LONGEST_QUESTION, Unclear, parse

KINDS = {"regular": "one", "number": "one", "multiple": "several", "ranked_choice": "ranked"}
MOST_NUMBERS = 100

_QUESTION = re.compile(r"\s*#{1,6}\s+(.+?)\s*$")
_CHOICE = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(.+?)\s*$")


@dataclass(slots=True)
class _Asked:
    """A poll as it stood there. `told` is what the export says of it besides, {} where it says nothing."""

    settings: dict[str, str]
    told: Facts
    question: str
    choices: list[str]
    before: list[str]
    """Lines in it that are no choices."""


def ask(node: Node, lines: list[str], reading: Reading, *, is_inner: bool) -> str:
    """The poll of a post, or its choices as a list; the report says why, and which votes do not count on."""
    asked = _read(node, lines, reading)
    why = _why_not(asked, reading, is_inner=is_inner)
    if not why:
        form = _form(asked)
        try:
            parse(form)
        except Unclear as error:
            why = str(error).rstrip(".")
        else:
            reading.has_poll = True
            reading.votes += _whole(asked.told.get("voters"))
            return here("\n".join([*asked.before, "", ""]), reading).lstrip("\n") + form
    reading.changed.append(f"its poll “{asked.question[:60]}” is a list of its choices: {why}")
    return here(_list(asked), reading)


def _read(node: Node, lines: list[str], reading: Reading) -> _Asked:
    settings, question, choices, before = node.settings, "", list[str](), list[str]()
    for line in lines:
        if choice := _CHOICE.match(line):
            choices.append(" ".join(choice[1].split()))
        elif (title := _QUESTION.match(line)) and not question:
            question = title[1]
        elif line.strip():
            before.append(line.strip())
    if settings.get("type") == "number":
        choices = _numbers(settings)
    name = settings.get("name", "poll")
    told = next((poll for poll in reading.polls if poll.get("name", "poll") == name), {})
    question = " ".join((question or str(told.get("title") or "") or reading.title).split())
    return _Asked(settings, told, question[:LONGEST_QUESTION], choices, before)


def _numbers(settings: dict[str, str]) -> list[str]:
    first, last, step = (_whole(settings.get(name, usual)) for name, usual in (("min", 1), ("max", 10), ("step", 1)))
    return [str(number) for number in range(first, last + 1, max(step, 1))[:MOST_NUMBERS]]


def _why_not(asked: _Asked, reading: Reading, *, is_inner: bool) -> str:
    """Why it cannot be asked here; "" where it can."""
    said = asked.settings | {name: str(asked.told[name]) for name in ("status", "close") if asked.told.get(name)}
    closes = _moment(said.get("close", ""))
    if reading.is_closed or said.get("status") == "closed" or (closes and closes <= reading.at):
        return "its votes were cast there"
    if said.get("groups") or said.get("results") == "staff_only":
        return "not everyone could vote, or see the result"
    if said.get("type", "regular") not in KINDS:
        return f"“{said['type'][:30]}” is no kind of poll here"
    if is_inner:
        return "it stands in a quote or a fold"
    return "a post holds one poll" if reading.has_poll else ""


def _form(asked: _Asked) -> str:
    said, closes = asked.settings, _moment(asked.settings.get("close", ""))
    lines = [f"::: poll {asked.question}", f"choose: {KINDS[said.get('type', 'regular')]}"]
    if closes:
        # Read on the author's clock, who has chosen no other than the usual one.
        zone = ZoneInfo(Member().time_zone)
        lines.append(f"closes: {closes.astimezone(zone):%Y-%m-%d %H:%M}")
    lines.append(f"votes: {'open' if said.get('public') == 'true' else 'secret'}")
    if closes and said.get("results") == "on_close":
        lines.append("results: after closing")
    return "\n".join([*lines, *(f"- {choice}" for choice in asked.choices), ":::"])


def _list(asked: _Asked) -> str:
    votes = {_plain(option.get("html")): option.get("votes") for option in asked.told.get("options") or []}
    lines = []
    for choice in asked.choices:
        number = votes.get(_plain(choice))
        lines.append(f"- {choice}" if number is None else f"- {choice} ({number} vote{'' if number == 1 else 's'})")
    return "\n".join([*asked.before, "", f"**{asked.question}**", "", *lines]).strip("\n")


def _plain(words: object) -> str:
    return " ".join(unescape(strip_tags(str(words or ""))).split())


def _whole(said: object) -> int:
    try:
        return int(str(said or 0))
    except ValueError:
        return 0


def _moment(said: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
