"""The first words of a text, plain, for lists, notices and mails."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from community.text import spoilers

LONGEST = 300
_WORDS = {"text", "code_inline", "mention", "place", "text_special"}
_ASIDE = {"blockquote_open": 1, "blockquote_close": -1, spoilers.OPENED: 1, spoilers.CLOSED: -1}
_BREAKS = {"softbreak", "hardbreak"}


def excerpt(tokens: Sequence[Token]) -> str:
    """At most 300 characters, cut between words; quotes and code only when there is nothing else, spoilers never."""
    return shorten(" ".join(_said(tokens)) or " ".join(_all(tokens)))


def shorten(text: str, longest: int = LONGEST) -> str:
    """One line of at most `longest` characters; an ellipsis where something was left out."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > longest // 2 else cut).rstrip(" .,;:-") + "…"


def _said(tokens: Sequence[Token]) -> Iterator[str]:
    aside = 0
    for token in tokens:
        aside += _ASIDE.get(token.type, 0)
        if token.type == "footnote_block_open":
            return
        if token.type == "inline" and not aside:
            yield _plain(token.children or [])


def _all(tokens: Sequence[Token]) -> Iterator[str]:
    folded = 0
    for token in tokens:
        folded += {spoilers.OPENED: 1, spoilers.CLOSED: -1}.get(token.type, 0)
        if folded:
            continue
        if token.type == "inline":
            yield _plain(token.children or [])
        elif token.type in {"fence", "code_block"}:
            yield token.content


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(_piece(token) for token in tokens)


def _piece(token: Token) -> str:
    if token.type in _BREAKS:
        return " "
    if token.type == "image":
        return token.content
    return token.content if token.type in _WORDS else ""
