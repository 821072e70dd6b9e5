"""What was done to a topic, between its posts, and where posts that left it have gone."""

from dataclasses import replace

from django.db.models import Exists, OuterRef

from community.models import Member
from forum.models import Act, Pointer, Post, Topic
from forum.queries.thread import Entry, Page


def with_acts(page: Page, topic: Topic, member: Member | None) -> Page:
    """The page with its acts, and one line for posts that moved on together; no query for a topic without either."""
    if not acts_may_explain(topic):
        return page
    acts = _acts(topic, member, page)
    gone = [entry.number for entry in page.entries if entry.post is None]
    went = _pointers(topic, member, gone) if gone else {}
    entries: list[Entry] = []
    for entry in page.entries:
        post = went.get(entry.number) if entry.post is None else None
        before = entries[-1] if entries else None
        here = tuple(acts.get(entry.number, ()))
        if post and before and before.moved_to and before.moved_to.topic_id == post.topic_id and not before.acts:
            entries[-1] = replace(before, moved_until=entry.number, acts=here)
        else:
            entries.append(replace(entry, acts=here, moved_to=post, moved_until=entry.number if post else 0))
    return replace(page, entries=entries)


def acts_may_explain(topic: Topic) -> bool:
    """Posts never leave a topic without a line that says so."""
    return getattr(topic, "has_acts", True)


def moved_post(member: Member | None, topic_id: int, number: int, *, or_next: bool = False) -> Post | None:
    """What stood under this number (or the next that left), where it is now, if the member may see it; two queries."""
    pointers = Pointer.objects.filter(topic=topic_id).order_by("number")
    pointers = pointers.filter(number__gte=number) if or_next else pointers.filter(number=number)
    found = pointers.values_list("post", flat=True).first()
    return Post.objects.visible_to(member).select_related("topic").filter(pk=found).first() if found else None


def _acts(topic: Topic, member: Member | None, page: Page) -> dict[int, list[Act]]:
    if not page.entries:
        return {}
    numbers = (page.entries[0].number, page.read_to)
    seen = Topic.objects.visible_to(member).filter(pk=OuterRef("other"))
    rows = Act.objects.filter(topic=topic, after_number__range=numbers).select_related("actor", "other")
    found: dict[int, list[Act]] = {}
    for act in rows.annotate(shows_other=Exists(seen)).order_by("pk"):
        found.setdefault(act.after_number, []).append(act)
    return found


def _pointers(topic: Topic, member: Member | None, numbers: list[int]) -> dict[int, Post]:
    rows = Pointer.objects.filter(topic=topic, number__in=numbers, post__in=Post.objects.visible_to(member))
    return {row.number: row.post for row in rows.select_related("post__topic")}
