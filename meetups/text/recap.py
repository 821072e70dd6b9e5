"""A recap to begin with, in Markdown, from what is known of an evening."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_SPECIAL = re.compile(r"([\\`*_\[\]<>#~|])")


@dataclass(frozen=True, slots=True)
class Held:
    """What is known. Numbers of people only; names of speakers as the agenda had them."""

    came: int = 0
    going: int = 0
    slots: Sequence[tuple[str, str, str]] = ()
    """(clock, title, who spoke)."""
    questions: Sequence[str] = ()
    actions: Sequence[tuple[str, str]] = ()
    """(what, who took it on)."""
    cited: Sequence[str] = ()
    """Messages of the room, as Markdown, that may be read here."""
    beside: Sequence[tuple[str, str]] = field(default=())
    """(what there is more of, its address), for those who were in the room."""


def plain(words: str) -> str:
    """As typed, whatever signs are in it."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def draft(held: Held) -> str:
    """The words to begin with; headings stand ready for what only people know."""
    parts = [_who(held)]
    slots = [f"- {clock} {plain(title)}{f' ({plain(who)})' if who else ''}" for clock, title, who in held.slots]
    parts += _section("What we talked about", slots)
    parts += _section("Decisions", ["- "])
    parts += _section("Links", ["- "])
    left = [f"- {plain(each)}" for each in held.questions]
    left += [f"- To do: {plain(what)}{f' ({plain(who)})' if who else ''}" for what, who in held.actions]
    parts += _section("Left open", left)
    room = [*held.cited, *(f"[{what}]({address}), for those who were in the room" for what, address in held.beside)]
    parts += _section("From the room", ["\n\n".join(room)] if room else [])
    return "\n\n".join(parts) + "\n"


def _who(held: Held) -> str:
    if held.came:
        return f"{held.came} of us were there." if held.came > 1 else "One of us was there."
    return f"{held.going} of us had said they would come." if held.going else "We met."


def _section(title: str, lines: Iterable[str]) -> list[str]:
    words = "\n".join(lines)
    return [f"## {title}", words] if words else []
