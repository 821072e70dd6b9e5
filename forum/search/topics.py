"""Topics by words, one hit a topic, with the sentence that matched."""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from community.models import Member
from forum.models import Post, Topic
from forum.search import engine
from forum.search.terms import terms

_PAIR = re.compile(f"{engine.OPEN}(.*?){engine.SHUT}", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"[*_`#>|~]+|^\s*[-+]\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A topic that matches, the post in it that matches best, and its words with `<mark>` around the matches."""

    topic: Topic
    post: Post
    excerpt_html: SafeString


def topics(member: Member | None, query: str, limit: int = 20) -> list[Hit]:
    """The best of the newest matches that the member may see; four queries, none for an empty question."""
    asked = terms(query)
    if not asked:
        return []
    best = _one_a_topic(member, engine.matches(asked))[:limit]
    if not best:
        return []
    posts = Post.objects.select_related("topic__category__group", "author").in_bulk(best)
    said = engine.excerpts(asked, best)
    return [Hit(posts[pk].topic, posts[pk], _excerpt(said.get(pk) or posts[pk].body)) for pk in best]


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
