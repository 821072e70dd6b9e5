"""Words of one post in another: a block quote that says whose they are and leads back to where they stand."""

import re
from collections.abc import Iterator

from forum.models import Post

LONGEST = 2_000
"""Characters quoted at most; the link leads to the rest."""

_FENCE = re.compile(r" {0,3}(```|~~~)")


def quote(post: Post, part: str = "") -> str:
    """Markdown of a quotation, of `part` where the reader marked one; what the post itself quotes is left out."""
    lines = part.splitlines() if part.strip() else list(_own(post.body.splitlines()))
    said = "\n".join(lines).strip()
    if len(said) > LONGEST:
        said = said[:LONGEST].rsplit(None, 1)[0] + " …"
    if sum(bool(_FENCE.match(line)) for line in said.splitlines()) % 2:
        said += "\n```"
    quoted = "\n".join(f"> {line}".rstrip() for line in said.splitlines())
    return f"> {whose(post)} wrote:\n>\n{quoted}\n\n"


def whose(post: Post) -> str:
    """The name of its author, as a link to where it stands."""
    return f"[{plain(post.author.shown_name)}]({post.get_absolute_url()})"


def _own(lines: list[str]) -> Iterator[str]:
    """Without quotations: a talk of twenty answers does not carry nineteen of them along. Code keeps its `>`."""
    in_code = False
    for line in lines:
        in_code ^= bool(_FENCE.match(line))
        if in_code or not line.lstrip().startswith(">"):
            yield line


def plain(name: str) -> str:
    """A name in Markdown: it cannot end its own link."""
    return re.sub(r"([\\\[\]*_`<>&!~|])", r"\\\1", name)
