"""`:tea:` becomes the sign of that name, `#security` a link to that place; both outside code and links."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import emoji
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MAX_PLACES = 50
"""How many different places one text may lead to."""

Places = Callable[[list[str]], dict[str, tuple[str, str]]]
"""`(slugs) -> {slug: (address, name)}` of the places that every reader of this text may see; one query."""

_NAME = re.compile(r":[a-z0-9_+-]{1,40}:")
_SLUG = re.compile(r"(?<![\w#/&.-])#([a-z0-9][a-z0-9_-]{1,99})(?![\w-])")


def plugin(md: MarkdownIt) -> None:
    """Teach a parser both; before `text_join`, so that what was escaped stays as typed."""
    md.core.ruler.before("text_join", "signs", _rule)
    md.add_render_rule("place", _render)


def places_among(tokens: Sequence[Token], places: Places | None) -> dict[str, tuple[str, str]]:
    """The places named in these tokens that may be linked; one query, or none."""
    named = dict.fromkeys(
        token.meta["slug"] for block in tokens for token in block.children or [] if token.type == "place"
    )
    return places(list(named)[:MAX_PLACES]) if places and named else {}


def _rule(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children and (":" in block.content or "#" in block.content):
            block.children = list(_with_signs(block.children))


def _with_signs(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type != "text":
            yield token
            continue
        if not depth and ":" in token.content:
            token.content = _NAME.sub(_sign, token.content)
        if depth or "#" not in token.content:
            yield token
        else:
            yield from _split(token)


def _sign(match: re.Match[str]) -> str:
    return emoji.emojize(match.group(), language="alias")


def _split(token: Token) -> Iterator[Token]:
    text, done = token.content, 0
    for match in _SLUG.finditer(text):
        yield Token("text", "", 0, content=text[done : match.start()], level=token.level)
        place = Token("place", "", 0, content=match.group(), level=token.level)
        place.meta = {"slug": match[1]}
        yield place
        done = match.end()
    yield Token("text", "", 0, content=text[done:], level=token.level)


def _render(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    address, name = env.get("places", {}).get(token.meta["slug"], ("", ""))
    if not address:
        return escapeHtml(token.content)
    return f'<a class="place" href="{escapeHtml(address)}">#{escapeHtml(name)}</a>'
