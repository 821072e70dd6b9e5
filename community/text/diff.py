"""What changed between two texts: by lines, and inside changed lines by words; bounded, whatever is compared."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

NEAR = 160
"""Characters of unchanged text shown on each side of a change."""
SHORT = 3
"""Letters of a word that is too short to stand alone between two changes."""
MOST_PAIRS = 500_000
"""Pieces of one side times pieces of the other, over a whole comparison; what is beyond counts as rewritten."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")

Kind = Literal["same", "added", "removed", "left out"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text that is in both, only in the later, only in the earlier, or in both and not shown."""

    kind: Kind
    text: str


def changes(before: str, after: str) -> list[Part]:
    """The later text with what was added and removed; [] where nothing differs."""
    before, after = _plain(before), _plain(after)
    if before == after:
        return []
    return list(_shortened(list(_joined(_Comparison().of_lines(before, after)))))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


class _Comparison:
    """One comparison, with what it may still cost."""

    def __init__(self) -> None:
        self.left = MOST_PAIRS

    def of_lines(self, before: str, after: str) -> Iterator[Part]:
        for was, now in self.runs(_LINE.findall(before), _LINE.findall(after)):
            yield from self.of_words(was, now) if was and now and was != now else _sides(was, now)

    def of_words(self, before: str, after: str) -> Iterator[Part]:
        for was, now in self.runs(_WORD.findall(before), _WORD.findall(after)):
            yield from _sides(was, now)

    def runs(self, before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Pairs of runs in order, equal or not; the ends that agree come off first, which is most of most texts."""
        head = _agreeing(before, after)
        tail = _agreeing(before[head:][::-1], after[head:][::-1])
        was, now = before[head : len(before) - tail], after[head : len(after) - tail]
        yield "".join(before[:head]), "".join(after[:head])
        self.left -= len(was) * len(now)
        if self.left < 0:
            yield "".join(was), "".join(now)
        else:
            for _, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
                yield "".join(was[a:b]), "".join(now[c:d])
        yield "".join(before[len(before) - tail :]), "".join(after[len(after) - tail :])


def _sides(was: str, now: str) -> Iterator[Part]:
    if was == now:
        yield Part("same", was)
    else:
        yield from (part for part in (Part("removed", was), Part("added", now)) if part.text)


def _agreeing(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """What is removed stands before what is added there; a short word between two changes belongs to both."""
    same = was = now = ""
    for part in parts:
        if part.kind == "same":
            same += part.text
            continue
        if len(same.strip()) > SHORT or not (was or now):
            yield from _told(was, now, same)
            same = was = now = ""
        was += same + (part.text if part.kind == "removed" else "")
        now += same + (part.text if part.kind == "added" else "")
        same = ""
    yield from _told(was, now, same)


def _told(was: str, now: str, same: str) -> Iterator[Part]:
    told = (Part("removed", was), Part("added", now), Part("same", same))
    yield from (part for part in told if part.text)


def _shortened(parts: list[Part]) -> Iterator[Part]:
    """Only what is near a change is shown of what stayed as it was."""
    last = len(parts) - 1
    for place, part in enumerate(parts):
        keep_head, keep_tail = (NEAR if place else 0), (NEAR if place < last else 0)
        if part.kind != "same" or len(part.text) <= keep_head + keep_tail + NEAR:
            yield part
            continue
        if keep_head:
            yield Part("same", part.text[:keep_head])
        yield Part("left out", part.text[keep_head : len(part.text) - keep_tail])
        if keep_tail:
            yield Part("same", part.text[len(part.text) - keep_tail :])
