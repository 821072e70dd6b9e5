"""Addresses written bare become links: `https://…`, `www.…` and e-mail, as in GFM §6.9, in linear time."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_BARE = re.compile(
    r"(?<![A-Za-z0-9_.+@/-])"
    r"(?:(?P<url>(?:https?://|www\.)[^\s<>]+)"
    r"|(?P<mail>[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}))",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?://)?(?:[^\W_]|[-.])*[^\W_](?:[:/?#]|$)", re.IGNORECASE)
_TAIL = "?!.,:;*_~'\"\u201d\u2019\u00bb\u2026"


def plugin(md: MarkdownIt) -> None:
    """Teach a parser the rule; it comes before `mentions`, so that no address is taken for a mention."""
    md.core.ruler.after("inline", "autolinks", _rule)
    md.core.ruler.disable("linkify")


def _rule(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children and ("@" in block.content or _hints(block.content)):
            block.children = list(_with_links(state.md, block.children))


def _hints(text: str) -> bool:
    lower = text.lower()
    return "://" in lower or "www." in lower


def _with_links(md: MarkdownIt, tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if depth or token.type != "text":
            yield token
        else:
            yield from _split(md, token)


def _split(md: MarkdownIt, token: Token) -> Iterator[Token]:
    text, done = token.content, 0
    for match in _BARE.finditer(text):
        shown = _trimmed(match.group())
        href = md.normalizeLink(_address(shown, is_mail=match["mail"] is not None))
        if (not _HOST.match(shown) and match["mail"] is None) or not md.validateLink(href):
            continue
        yield Token("text", "", 0, content=text[done : match.start()], level=token.level)
        yield Token("link_open", "a", 1, attrs={"href": href}, level=token.level, markup="autolink", info="auto")
        yield Token("text", "", 0, content=shown, level=token.level + 1)
        yield Token("link_close", "a", -1, level=token.level, markup="autolink", info="auto")
        done = match.start() + len(shown)
    yield Token("text", "", 0, content=text[done:], level=token.level)


def _address(shown: str, *, is_mail: bool) -> str:
    if is_mail:
        return f"mailto:{shown}"
    return f"https://{shown}" if shown[:4].lower() == "www." else shown


def _trimmed(found: str) -> str:
    """Without the punctuation of the sentence around it, and without a bracket opened before it."""
    surplus = found.count(")") - found.count("(")
    end = len(found)
    while end and (found[end - 1] in _TAIL or (found[end - 1] == ")" and surplus > 0)):
        surplus -= found[end - 1] == ")"
        end -= 1
    return found[:end]
