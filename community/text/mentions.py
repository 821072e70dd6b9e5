"""`@handle` in a text: found outside code, links and addresses; only members who are here become links."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from community.models import Member
from community.text import handles

MAX_MENTIONS = 50
"""How many different people one text may call."""

_AT = re.compile(r"(?<![\w@/+-])@(?=\w)")


def plugin(md: MarkdownIt) -> None:
    """Teach a parser the rule; the renderer asks `env["members"]` who is here."""
    # After autolinks, so that addresses are links already; before text_join, so that "\@anna" is still two tokens.
    md.core.ruler.before("text_join", "mentions", _rule)
    md.add_render_rule("mention", _render)


def present_among(tokens: Sequence[Token]) -> dict[str, tuple[int, str]]:
    """The members called in these tokens, as handle → (id, handle); one query, or none."""
    called = dict.fromkeys(token.meta["handle"] for token in _mentions(tokens))
    keys = [handles.key(handle) for handle in list(called)[:MAX_MENTIONS]]
    if not keys:
        return {}
    found = Member.objects.present().filter(handle_key__in=keys).values_list("pk", "handle")
    return {handle: (pk, handle) for pk, handle in found if handle in called}


def _mentions(tokens: Sequence[Token]) -> Iterator[Token]:
    for block in tokens:
        yield from (token for token in block.children or [] if token.type == "mention")


def _rule(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children and "@" in block.content:
            block.children = list(_with_mentions(block.children))


def _with_mentions(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if depth or token.type != "text" or "@" not in token.content:
            yield token
        else:
            yield from _split(token)


def _split(token: Token) -> Iterator[Token]:
    text, done = token.content, 0
    for match in _AT.finditer(text):
        written = handles.leading(text[match.end() : match.end() + handles.LONGEST + 1])
        if not written:
            continue
        yield _text(text[done : match.start()], token.level)
        done = match.end() + len(written)
        mention = Token("mention", "", 0, content=f"@{written}", level=token.level)
        mention.meta = {"handle": handles.tidy(written)}
        yield mention
    yield _text(text[done:], token.level)


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)


def _render(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    found = env.get("members", {}).get(token.meta["handle"])
    if found is None:
        return escapeHtml(token.content)
    # The address is written here because texts are rendered once and kept: it is one of the site's stable addresses.
    return f'<a class="mention" href="/members/{quote(found[1])}/">@{escapeHtml(found[1])}</a>'
