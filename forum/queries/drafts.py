"""What a member began to write."""

from dataclasses import dataclass

from django.utils.text import Truncator

from community.models import Member
from forum.models import Category, Draft, Place, Topic
from forum.models.draft import posted

SHOWN = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One draft in the list. Where the place can no longer be read, its name is not told and the words stand whole."""

    draft: Draft
    what: str
    name: str
    excerpt: str
    is_open: bool


def kept_at(member: Member, place: Place) -> tuple[int, Draft | None]:
    """How often a form here was saved, and the draft to offer; one query. An empty or posted one goes on counting."""
    draft = Draft.objects.filter(member=member).at(place).annotate(is_over=posted()).first()
    if draft is None:
        return 0, None
    return draft.sequence, None if draft.is_empty or getattr(draft, "is_over", False) else draft


def drafts_of(member: Member) -> list[Line]:
    """All that wait, the latest first; three queries."""
    rows = Draft.objects.filter(member=member).waiting()
    found = list(rows.select_related("category__group", "topic", "post__topic").order_by("-saved_at", "-pk"))
    topics = {topic for draft in found if (topic := _topic_id(draft))}
    seen = set(Topic.objects.visible_to(member).filter(pk__in=topics).values_list("pk", flat=True))
    places = {draft.category_id for draft in found if draft.category_id}
    open_to = set(Category.objects.visible_to(member).filter(pk__in=places).values_list("pk", flat=True))
    return [_line(draft, seen, open_to) for draft in found]


def _topic_id(draft: Draft) -> int | None:
    return draft.post.topic_id if draft.post else draft.topic_id


def _line(draft: Draft, topics: set[int], places: set[int]) -> Line:
    topic = draft.post.topic if draft.post else draft.topic
    is_open = (topic is None or topic.pk in topics) and (draft.category_id is None or draft.category_id in places)
    if topic is not None:
        what, name = ("A change of a post in", topic.title) if draft.post_id else ("A reply in", topic.title)
    else:
        what, name = "A new topic", draft.typed.get("title", "")
    body = draft.typed.get("body", "")
    return Line(
        draft=draft,
        what=what,
        name=name if is_open or topic is None else "a place you can no longer read",
        excerpt=Truncator(" ".join(body.split())).chars(SHOWN) if is_open else body,
        is_open=is_open,
    )
