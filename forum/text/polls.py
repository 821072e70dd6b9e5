"""A poll as it is written in a post, between `::: poll <question>` and `:::`.

::: poll Which evening suits you?
choose: one            (or: several, ranked)
closes: 2026-12-10 20:00
votes: secret          (or: open)
results: after closing (or: after voting)
- Tuesday
- Wednesday
:::
"""

import re
from dataclasses import dataclass
from datetime import datetime

FEWEST, MOST, LONGEST = 2, 20, 120
LONGEST_QUESTION = 200

_OPENS = re.compile(r" {0,3}:{3,}\s*poll\b(.*)$", re.IGNORECASE)
_CLOSES = re.compile(r" {0,3}:{3,}\s*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_OPTION = re.compile(r"\s*(?:[-*+]|\d{1,2}[.)])\s+(.+)$")
_SETTING = re.compile(r"\s*(choose|closes|votes|results)\s*:\s*(.+?)\s*$", re.IGNORECASE)
_WORDS: dict[str, dict[str, str | bool]] = {
    "choose": {"one": "single", "several": "multiple", "ranked": "ranked"},
    "votes": {"open": False, "secret": True},
    "results": {"after voting": False, "after closing": True},
}


class Unclear(ValueError):  # noqa: N818  (it says what is wrong)
    """The poll cannot be read; the words are for the one who wrote it."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A poll as written. `closes` is on the author's own clock, without a zone."""

    question: str
    options: tuple[str, ...]
    kind: str = "single"
    closes: datetime | None = None
    is_secret: bool = False
    is_shown_at_end: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text without its poll, and the poll if there is one."""

    text: str
    sketch: Sketch | None = None

    @property
    def shown(self) -> str:
        """Markdown of both, for a preview."""
        if self.sketch is None:
            return self.text
        lines = [f"- [ ] {option}" for option in self.sketch.options]
        return "\n".join([self.text, "", f"**{self.sketch.question}**", "", *lines])


def parse(body: str) -> Parsed:
    """Find the poll in a text; code that shows how to write one is left alone. Raises `Unclear`."""
    before: list[str] = []
    inside: list[str] | None = None
    question, sketch, in_code = "", None, False
    for line in body.splitlines():
        in_code ^= bool(inside is None and _FENCE.match(line))
        opened = None if in_code or inside is not None else _OPENS.match(line)
        if opened:
            if sketch is not None:
                raise Unclear("A post holds one poll. Put the second one into a reply.")
            question, inside = opened[1].strip(), []
        elif inside is None:
            before.append(line)
        elif _CLOSES.match(line):
            sketch, inside = _read(question, inside), None
        else:
            inside.append(line)
    if inside is not None:
        raise Unclear("The poll has no end: put ::: on a line of its own after the last choice.")
    return Parsed("\n".join(before) if sketch else body, sketch)


def _read(question: str, lines: list[str]) -> Sketch:
    options: list[str] = []
    found: dict[str, str] = {}
    for line in filter(str.strip, lines):
        if option := _OPTION.match(line):
            options.append(" ".join(option[1].split()))
        elif setting := _SETTING.match(line):
            found[setting[1].lower()] = setting[2].lower()
        else:
            raise Unclear(f"“{line.strip()[:60]}” in the poll is neither a choice (- …) nor one of its settings.")
    _check(question, options)
    return Sketch(
        question=question,
        options=tuple(options),
        kind=str(_word("choose", found, "one")),
        closes=_moment(found["closes"]) if "closes" in found else None,
        is_secret=bool(_word("votes", found, "open")),
        is_shown_at_end=bool(_word("results", found, "after voting")),
    )


def _check(question: str, options: list[str]) -> None:
    if not question or len(question) > LONGEST_QUESTION:
        raise Unclear(f"Write the question after “::: poll”, in at most {LONGEST_QUESTION} characters.")
    if not FEWEST <= len(options) <= MOST:
        raise Unclear(f"A poll has {FEWEST} to {MOST} choices; this one has {len(options)}.")
    if any(len(option) > LONGEST for option in options):
        raise Unclear(f"A choice has at most {LONGEST} characters.")
    if len({option.casefold() for option in options}) < len(options):
        raise Unclear("Two choices of the poll are the same.")


def _word(setting: str, found: dict[str, str], usual: str) -> str | bool:
    said = found.get(setting, usual)
    if said not in _WORDS[setting]:
        raise Unclear(f"“{setting}: {said}” is not known. Write one of: {', '.join(_WORDS[setting])}.")
    return _WORDS[setting][said]


def _moment(said: str) -> datetime:
    try:
        return datetime.fromisoformat(said).replace(tzinfo=None)
    except ValueError:
        raise Unclear(f"“closes: {said}” is no moment. Write it like 2026-12-10 20:00.") from None
