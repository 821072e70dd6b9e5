"""Topics by words and filters, one hit a topic, with the sentence that matched."""

import re
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from community.models import Member
from forum.models import Post, Topic
from forum.search import engine, spelling
from forum.search.filters import Nothing, narrow
from forum.search.question import Question

_PAIR = re.compile(f"{engine.OPEN}(.*?){engine.SHUT}", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"[*_`#>|~]+|-{3,}|^\s*[-+]\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A topic that matches, the post in it that matches best, and its words with `<mark>` around the matches."""

    topic: Topic
    post: Post
    excerpt_html: SafeString


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, whether more follow, what has to be said about the question, and what may have been meant."""

    hits: list[Hit] = field(default_factory=list)
    has_more: bool = False
    notes: tuple[str, ...] = ()
    meant: str = ""


def find(member: Member | None, asked: Question, *, limit: int = 20, skip: int = 0) -> Found:
    """The best of the newest matches that the member may see; at most five queries and one a filter, none for nothing.

    `skip` counts hits, within the few hundred that are ranked at all.
    """
    if not asked:
        return Found(notes=asked.notes)
    try:
        narrowed = narrow(member, asked)
    except Nothing as error:
        return Found(notes=(*asked.notes, str(error)))
    places = list(narrowed.places.values_list("pk", flat=True))
    best = _one_a_topic(member, engine.matches(asked, narrowed, places))
    if not best:
        return Found(notes=asked.notes, meant=spelling.meant(asked, places))
    shown = best[skip : skip + limit]
    posts = Post.objects.select_related("topic__category__group", "author").in_bulk(shown)
    said = engine.excerpts(asked, shown) if asked.terms else {}
    hits = [Hit(posts[pk].topic, posts[pk], _excerpt(said.get(pk) or posts[pk].body)) for pk in shown]
    return Found(hits, len(best) > skip + limit, asked.notes)


def _one_a_topic(member: Member | None, ids: list[int]) -> list[int]:
    topic_of = dict(Post.objects.visible_to(member).filter(pk__in=ids).values_list("pk", "topic"))
    best: dict[int, int] = {}
    for pk in ids:
        if pk in topic_of:
            best.setdefault(topic_of[pk], pk)
    return list(best.values())


def _excerpt(text: str) -> SafeString:
    plain = _MARKUP.sub("", _LINK.sub(r"\1", text))
    short = Truncator(" ".join(plain.split())).chars(320)
    marked = _PAIR.sub(r"<mark>\1</mark>", escape(short))
    return mark_safe(marked.replace(engine.OPEN, "").replace(engine.SHUT, ""))
