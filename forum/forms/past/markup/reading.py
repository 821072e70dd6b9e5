"""A post of Discourse as one of ours."""

import re

from community.text import MAX_BYTES, limits
from forum.forms.past.markup import asking, blocks, code, elements, words
from forum.forms.past.markup.brackets import Node, tree
from forum.forms.past.markup.known import Reading

_EMPTY_LINES = re.compile(r"(?:[ \t]*\n)+")


def read(raw: str, reading: Reading) -> str:
    """Its Markdown as it is written here; `reading` says afterwards what was found and what was not understood."""
    text = raw.replace("\r\n", "\n").replace("\x00", "").replace("\ue000", "")
    if len(text) > MAX_BYTES or limits.is_crowded(text) or text.count("<") > limits.MAX_BRACKETS:
        reading.changed.append("it is too long or too crowded to be understood, and stays as it was typed")
        return text
    text = code.outside(code.fenced(text), elements.plainly)
    found = code.spans(text)
    read = tree(text, found)
    reading.changed += [
        f"[{name}] was not understood and stays as text{f' ({number} times)' if number > 1 else ''}"
        for name, number in read.strange.items()
    ]
    return _Text(text, found, reading).put(read.nodes, 0, len(text)).strip("\n")


def spoken(text: str, reading: Reading) -> str:
    """The same for text that was rendered there, where brackets are only brackets."""
    return code.outside(text.replace("\ue000", ""), lambda piece: words.here(piece, reading))


class _Text:
    """A text, where code stands in it, and what is found on the way."""

    def __init__(self, text: str, found: list[code.Span], reading: Reading) -> None:
        self.text, self.code, self.reading = text, found, reading

    def put(self, nodes: list[Node], start: int, end: int, depth: int = 0) -> str:
        """From `start` to `end`: words with their small things, blocks set apart by empty lines."""
        said = ""
        for node in nodes:
            said = _joined(said, self.words(start, node.start))
            piece, is_apart = self.piece(node, depth)
            said = _joined(f"{said.rstrip()}\n\n" if is_apart and said.strip() else said, piece)
            said += "\n\n" if is_apart else ""
            start = node.end
        return _joined(said, self.words(start, end))

    def words(self, start: int, end: int) -> str:
        """What stands between two blocks."""
        return code.changed(self.text, self.code, lambda piece: words.here(piece, self.reading), start, end)

    def piece(self, node: Node, depth: int) -> tuple[str, bool]:
        """One of them, and whether it stands apart."""
        if node.name in {"date", "date-range"}:
            written = blocks.moment(node)
            if not written:
                self.reading.changed.append(f"[{node.name}] was not understood and stays as text")
            return written or self.text[node.start : node.end], False
        if node.name == "poll":
            lines = self.text[node.inside : node.until].split("\n")
            return asking.ask(node, lines, self.reading, is_inner=depth > 0), True
        inner = self.put(node.held, node.inside, node.until, depth + 1)
        if node.name in {"quote", "chat"}:
            return blocks.quote(node, inner, self.reading), True
        return blocks.fold(node, inner), True


def _joined(said: str, more: str) -> str:
    """After a block, no more empty lines than the one that is there."""
    if not said.endswith("\n\n"):
        return said + more
    shorter = _EMPTY_LINES.sub("", more, count=1) if _EMPTY_LINES.match(more) else more.lstrip(" \t")
    return said + shorter
