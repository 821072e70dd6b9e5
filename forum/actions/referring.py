"""What imported words point at: posts they quote, people they call. Marks stand for both until the post is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from community.queries import accounts
from forum.models import Imported
from forum.text import quotes

SIGN = "\ue000"
"""Around a mark: a character that means nothing, which readers take out of what was typed."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A post that is quoted, by its key there, and the name its author had."""

    key: str
    name: str

    @property
    def mark(self) -> str:
        """What stands for it in a text."""
        return f"{SIGN}{self.key} {self.name}{SIGN}"


@dataclass(frozen=True, slots=True)
class Called:
    """Someone who is called by their name there; `address` is their e-mail."""

    name: str
    address: str

    @property
    def mark(self) -> str:
        """What stands for it in a text."""
        return f"{SIGN}@{self.name}{SIGN}"


def put(body: str, *, source: str, quoted: Iterable[Quoted], called: Iterable[Called]) -> str:
    """The text with links to the posts that are here, and the handles of those who proved their address; else names."""
    quoted, called = list(quoted), list(called)
    here = accounts.proved([one.address for one in called]) if called else {}
    for one in called:
        member = here.get(one.address)
        body = body.replace(one.mark, f"@{member.handle}" if member else f"\\@{one.name}")
    if quoted:
        rows = Imported.objects.filter(source=source, key__in=[one.key for one in quoted])
        posts = {row.key: row.post for row in rows.select_related("post__topic", "post__author")}
        for each in quoted:
            post = posts.get(each.key)
            body = body.replace(each.mark, quotes.whose(post) if post else quotes.plain(each.name))
    return body
