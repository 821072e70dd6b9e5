"""Code in Markdown: found so that it stays as it is."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from html import unescape
from operator import itemgetter

Span = tuple[int, int]
"""From the first character to behind the last."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_OPENS = re.compile(r"(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])[ \t])*(`{3,}(?=[^`\n]*$)|~{3,})")
_CLOSES = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*$")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]")
_INLINE = re.compile(r"(?<![`\\])(`+)(?!`)(?:[^\n]|\n(?![ \t]*\n))+?(?<!`)\1(?!`)")
_MARKED = re.compile(
    r"\[(?P<mark>code|pre)(?:=(?P<language>[\w+#-]*))?\](?P<held>.*?)\[/(?P=mark)\]"
    r"|<pre\b[^<>]*>\s*(?:<code\b(?:[^<>]*?lang(?:uage)?-(?P<named>[\w+#-]*))?[^<>]*>)?(?P<typed>.*?)(?:</code>\s*)?</pre>",
    re.DOTALL | re.IGNORECASE,
)


def spans(text: str) -> list[Span]:
    """Where code stands: between fences, set in by four, between backticks; in order."""
    found: list[Span] = []
    at = 0
    for start, end in (*_blocks(text), (len(text), len(text))):
        found += [inline.span() for inline in _INLINE.finditer(text, at, start)]
        found.append((start, end))
        at = end
    return found[:-1]


def is_within(found: list[Span], place: int) -> bool:
    """Does this place stand in one of them?"""
    index = bisect_right(found, place, key=itemgetter(0)) - 1
    return index >= 0 and place < found[index][1]


def outside(text: str, change: Callable[[str], str]) -> str:
    """The text with everything changed that is no code."""
    return changed(text, spans(text), change, 0, len(text))


def changed(text: str, found: list[Span], change: Callable[[str], str], start: int, end: int) -> str:
    """The part from `start` to `end`, with everything changed that is not within `found`."""
    parts, at = [], start
    for opens, closes in found[max(bisect_right(found, start, key=itemgetter(0)) - 1, 0) :]:
        if opens >= end:
            break
        if closes > at:
            parts += [change(text[at : max(opens, at)]), text[max(opens, at) : min(closes, end)]]
            at = min(closes, end)
    return "".join([*parts, change(text[at:end])])


def fenced(text: str) -> str:
    """`[code]`, `[pre]` and `<pre>` as Markdown writes them."""
    found = spans(text)

    def fence(match: re.Match[str]) -> str:
        if is_within(found, match.start()):
            return match[0]
        held = match["held"] if match["mark"] else unescape(match["typed"])
        longest = max(map(len, re.findall("`+", held)), default=0)
        if "\n" not in held and match["mark"]:
            ticks, gap = "`" * (longest + 1), " " if longest else ""
            return f"{ticks}{gap}{held.strip()}{gap}{ticks}" if held.strip() else ""
        ticks, lines = "`" * max(longest + 1, 3), held.strip("\n")
        return f"\n{ticks}{match['language'] or match['named'] or ''}\n{lines}\n{ticks}\n"

    return _MARKED.sub(fence, text)


def _blocks(text: str) -> Iterator[Span]:
    """A fence that is never closed goes on to the end."""
    fence, start, at = "", 0, 0
    is_after_empty, in_list = True, False
    for line in _LINE.findall(text):
        end = at + len(line)
        if fence:
            closed = _CLOSES.match(line.rstrip("\n"))
            if closed and closed[1].startswith(fence):
                yield start, end
                fence = ""
        elif opened := _OPENS.match(line):
            fence, start = opened[1], at
        elif line.strip() and is_after_empty and not in_list and line.startswith(("    ", "\t")):
            yield at, end
        else:
            in_list = bool(_ITEM.match(line)) or (in_list and (not is_after_empty or line[0] in " \t\n"))
            is_after_empty = not line.strip()
        at = end
    if fence:
        yield start, len(text)
