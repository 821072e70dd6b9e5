"""How parsed text fits our pages: headings below the page's own, no inline styles, pictures only of ours."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from community.text import pictures

REL = "nofollow ugc noreferrer"
"""Said of links that lead outside, in what newcomers write: no engine should reward a stranger's advertising."""

TRUSTED_REL = "noreferrer"
"""The same in what others write."""

_OURS = re.compile(r"(#|/(?![/\\]))")


def plugin(md: MarkdownIt) -> None:
    """Reshape tokens once they are parsed."""
    md.core.ruler.push("shape", _rule)
    md.add_render_rule("list_item_open", _list_item)


def _rule(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
        elif token.type in {"th_open", "td_open"}:
            style = token.attrs.pop("style", "")
            if style:
                token.attrs["class"] = "align-" + str(style).rpartition(":")[2]
        elif token.type == "inline" and token.children:
            token.children = list(_links_and_pictures(token.children, state.env.get("rel", REL)))


def rel_of(*authors: Any) -> str:
    """What is said of the links in what they wrote together; of nobody's as of a newcomer's."""
    return TRUSTED_REL if all(getattr(author, "trust", 0) for author in authors) else REL


def contents(tokens: Sequence[Token]) -> tuple[int, int]:
    """How many links that lead outside, and how many pictures besides those of cited messages."""
    inside = [token for block in tokens for token in block.children or []]
    links = sum(token.type == "link_open" and "rel" in token.attrs for token in inside)
    images = [str(token.attrs.get("src", "")) for token in inside if token.type == "image"]
    return links, sum(pictures.cited_size(source) is None for source in images)


def _links_and_pictures(tokens: Sequence[Token], rel: str) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "link_open" and not _OURS.match(str(token.attrs.get("href", ""))):
            token.attrs["rel"] = rel
        if token.type == "image":
            yield from _picture(token, rel, in_link=depth > 0)
        else:
            yield token


def _picture(token: Token, rel: str, *, in_link: bool) -> Iterator[Token]:
    source = str(token.attrs.get("src", ""))
    if pictures.key_of(source):
        yield token
        return
    if size := pictures.cited_size(source):
        token.attrs |= {"width": size[0], "height": size[1], "loading": "lazy", "decoding": "async"}
        yield token
        return
    if is_our_media(source):
        token.attrs |= {"loading": "lazy", "decoding": "async"}
        yield token
        return
    words = Token("text", "", 0, content=token.content or source)
    if in_link or not source:
        yield words
        return
    yield Token("link_open", "a", 1, attrs={"href": source, "rel": rel})
    yield words
    yield Token("link_close", "a", -1)


def is_our_media(address: str) -> bool:
    """A file members uploaded here, addressed plainly."""
    steps_out = ".." in address or "%2e" in address.lower() or "\\" in address
    return address.startswith(settings.MEDIA_URL) and not steps_out


def _list_item(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    opened = self.renderToken(tokens, index, options, env)
    if "checked" not in (token.meta or {}):
        return opened
    state, words = (" checked", "done") if token.meta["checked"] else ("", "to do")
    return f'{opened}<input type="checkbox" disabled{state} aria-label="{words}"> '
