"""Topics by words and filters, one hit a topic, with the sentence that matched."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from community.models import Member
from community.models.member import named
from forum.search import engine, spelling
from forum.search.filters import Nothing, narrow
from forum.search.question import Question
from forum.search.sight import sight, street

LONGEST = 320
"""Characters of an excerpt."""
_PAIR = re.compile(f"{engine.OPEN}(.*?){engine.SHUT}", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_SIGNS = re.compile(r"[*_`#>|~]+")
_LINES = re.compile(r"-{3,}|^\s*[-+]\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A topic that matches, the post in it that matches best, and its words with `<mark>` around the matches."""

    row: engine.Row
    excerpt_html: SafeString
    place: str

    @property
    def title(self) -> str:
        """What the topic is called."""
        return self.row.title

    @property
    def at(self) -> datetime:
        """When the post was written."""
        return self.row.at

    @property
    def url(self) -> str:
        """The permanent address of the post."""
        return _address() % (self.row.topic, quote(self.row.slug or "-"), self.row.number)

    @property
    def facts(self) -> str:
        """Who wrote it, and where."""
        row = self.row
        return f"{named(row.display_name, row.handle, is_departed=row.is_departed)} · {self.place}"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, whether more follow, what has to be said about the question, and what may have been meant."""

    hits: list[Hit] = field(default_factory=list)
    has_more: bool = False
    notes: tuple[str, ...] = ()
    meant: str = ""


def find(member: Member | None, asked: Question, *, limit: int = 20, skip: int = 0) -> Found:
    """The best of the newest matches that the member may see; three queries and one a filter, none for nothing.

    Two for a visitor who asks by words, while the places of all are kept.

    `skip` counts hits, within the few that are ranked at all.
    """
    if not asked:
        return Found(notes=asked.notes)
    try:
        narrowed = narrow(member, asked)
    except Nothing as error:
        return Found(notes=(*asked.notes, str(error)))
    seen = street() if member is None and not narrowed.only else sight(member, narrowed.only)
    rows, has_more = engine.hits(asked, narrowed, seen, limit=limit, skip=skip)
    if not rows and not skip:
        return Found(notes=asked.notes, meant=spelling.meant(asked, [*seen.places]))
    hits = [Hit(row, _excerpt(row.excerpt), seen.places[row.place]) for row in rows]
    return Found(hits, has_more, asked.notes)


@cache
def _address() -> str:
    """What `reverse` says of every post, asked once: it is the same for all but for three values."""
    return reverse("forum:post", args=[1, "slug", 2]).replace("1/slug/2", "%d/%s/%d")


def _excerpt(text: str) -> SafeString:
    plain = _SIGNS.sub("", _LINK.sub(r"\1", text) if "](" in text else text)
    plain = " ".join((_LINES.sub("", plain) if "-" in plain or "+" in plain else plain).split())
    if len(plain) > LONGEST:
        cut = plain.rfind(" ", LONGEST // 2, LONGEST)
        plain = plain[: cut if cut > 0 else LONGEST] + "…"
    marked = _PAIR.sub(r"<mark>\1</mark>", escape(plain))
    return mark_safe(marked.replace(engine.OPEN, "").replace(engine.SHUT, ""))
