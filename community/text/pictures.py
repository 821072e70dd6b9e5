"""Pictures that members sent for their posts: shown with their size, and only those that every reader may see."""

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

ROOT = "/forum/pictures/"
ADDRESS = re.compile(rf"{ROOT}([0-9a-f]{{32}})")
"""Written in texts that are rendered once and kept: it is one of the site's stable addresses."""
CITED = re.compile(r"/chat/pictures/[0-9a-f]{32}\?w=(\d{1,4})&h=(\d{1,4})")
"""The picture of a cited message, with its size: whether the reader may see it is asked each time it is shown."""

Pictures = Callable[[list[str]], dict[str, tuple[int, int]]]
"""`(keys) -> {key: (width, height)}` of the pictures the author may show; one query."""


def key_of(address: str) -> str:
    """The key in the address of a sent picture, or ""."""
    found = ADDRESS.fullmatch(address)
    return found[1] if found else ""


def cited_size(address: str) -> tuple[int, int] | None:
    """How large the picture of a cited message is, or None for any other address."""
    found = CITED.fullmatch(address)
    return (int(found[1]), int(found[2])) if found else None


def settle(tokens: Sequence[Token], pictures: Pictures | None) -> tuple[str, ...]:
    """Give each known picture its size and turn the others into their words; answers the keys that are shown."""
    images = list(_images(tokens))
    keys = list(dict.fromkeys(key for _, key in images))
    known = pictures(keys) if pictures and keys else {}
    for token, key in images:
        if key in known:
            width, height = known[key]
            token.attrs |= {"width": width, "height": height, "loading": "lazy", "decoding": "async"}
        else:
            token.type, token.tag = "text", ""
            said = "".join(child.content for child in token.children or [])
            token.content = said or "a picture that is not here"
    return tuple(key for key in keys if key in known)


def _images(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    for block in tokens:
        for token in block.children or []:
            if token.type == "image" and (key := key_of(str(token.attrs.get("src", "")))):
                yield token, key
