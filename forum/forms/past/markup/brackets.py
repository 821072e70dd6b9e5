"""What stands between `[name …]` and `[/name]`, as a tree; what is not known or never ends is counted."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from forum.forms.past.markup.code import Span, is_within

PAIRS = {"quote", "chat", "details", "spoiler", "poll"}
SINGLE = {"date", "date-range"}
DEEPEST = 8
"""So many may stand in one another."""

Weight = Literal["certain", "perhaps", "never", "end"]
Loose = tuple[str, Weight]
"""A mark that is in no pair we know, and how sure it is that it is one."""

_MARK = re.compile(
    r"(?<![!\\])\[(?P<ends>/?)(?P<name>[a-z][a-z_-]{0,30})"
    r"(?P<said>(?:[= ](?:\"[^\"\n]*\"|“[^”\n]*”|[^\]\"“\n]){0,500})?)\]",
    re.IGNORECASE,
)
_SETTING = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|“([^”]*)”|([^\s\"“]+))")
_LINK = re.compile(r"[(\[:]")
_SET_APART = re.compile(r"[ \t]*[>|]")


@dataclass(slots=True)
class Node:
    """One pair of marks, or one that stands alone. `said` is what its mark says after the name."""

    name: str
    said: str
    start: int
    inside: int
    """Where what is between its marks begins."""
    until: int = 0
    end: int = 0
    held: list["Node"] = field(default_factory=list)

    @property
    def own(self) -> str:
        """What stands right after its name: `[name="own" …]`."""
        return self.settings.get(self.name, "")

    @property
    def settings(self) -> dict[str, str]:
        """By name, in small letters."""
        found = _SETTING.findall(f"{self.name}{self.said}")
        return {name.lower(): (quoted or curly or bare).strip() for name, quoted, curly, bare in found}


@dataclass(slots=True)
class Tree:
    """The outermost, in order, and how often what was not understood."""

    nodes: list[Node]
    strange: dict[str, int]


def tree(text: str, code: list[Span]) -> Tree:
    """Read a text; what stands in `code` is none of our business."""
    piles, loose = [Node("", "", 0, 0)], list[Loose]()
    for mark in (mark for mark in _MARK.finditer(text) if not is_within(code, mark.start())):
        name, is_end = mark["name"].lower(), bool(mark["ends"])
        if name in SINGLE and not is_end:
            piles[-1].held.append(Node(name, mark["said"], mark.start(), mark.end(), mark.end(), mark.end()))
        elif name not in PAIRS or _is_set_apart(text, mark.start()):
            loose.append((name, _weight(text, mark)))
        elif is_end and any(node.name == name for node in piles):
            loose += _close(piles, name, mark)
        elif is_end or len(piles) > DEEPEST:
            loose.append((name, "end" if is_end else "certain"))
        else:
            piles.append(Node(name, mark["said"], mark.start(), mark.end()))
    while len(piles) > 1:
        loose.append(_lift(piles))
    return Tree(piles[0].held, _counted(loose))


def _is_set_apart(text: str, place: int) -> bool:
    """In a quote that is written with `>`, or a row of a table, nothing can be folded."""
    return bool(_SET_APART.match(text, text.rfind("\n", 0, place) + 1, place))


def _weight(text: str, mark: re.Match[str]) -> Weight:
    """With a setting it can be nothing else; `[a](…)` is a link, and `[a]` may be anything."""
    if mark["ends"]:
        return "end"
    if mark["name"].lower() not in PAIRS and _LINK.match(text, mark.end()):
        return "never"
    return "certain" if "=" in mark["said"] or mark["name"].lower() in PAIRS else "perhaps"


def _close(piles: list[Node], name: str, mark: re.Match[str]) -> Iterator[Loose]:
    """End the nearest of this name; yields those in it that never end."""
    while piles[-1].name != name:
        yield _lift(piles)
    node = piles.pop()
    node.until, node.end = mark.span()
    piles[-1].held.append(node)


def _lift(piles: list[Node]) -> Loose:
    """One that never ends is text; what it held stands where it stood."""
    node = piles.pop()
    piles[-1].held += node.held
    return node.name, "certain"


def _counted(loose: list[Loose]) -> dict[str, int]:
    """What may be anything is strange only where it also ends; an end alone only where we know the name."""
    ended = {name for name, weight in loose if weight == "end"}
    begun = Counter(name for name, weight in loose if weight == "certain" or (weight == "perhaps" and name in ended))
    alone = Counter(name for name, weight in loose if weight == "end" and name in PAIRS and name not in begun)
    return dict(sorted((begun + alone).items()))
