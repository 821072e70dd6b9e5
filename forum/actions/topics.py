"""Open, close, pin; hide and restore for moderation."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from community.models import Member
from forum import notices
from forum.actions import acts, counters, drafts, writing
from forum.actions import tags as tagging
from forum.models import Act, Category, Topic
from forum.policies import pace
from forum.policies.keeping import may_close, may_pin, may_read, may_reopen
from forum.policies.places import may_begin_in
from forum.policies.standing import standing_of
from forum.policies.writing import may_open
from live.publish import publish


def open(  # noqa: A001  (topics.open: the verb)
    *,
    author: Member,
    category: Category,
    title: str,
    body: str,
    client_key: str,
    at: datetime,
    origin_title: str = "",
    origin_url: str = "",
    tags: Sequence[str] = (),
) -> Topic:
    """Begin a topic; the same form sent again answers the first. Raises `NotAllowed`, `Reused`.

    With an origin (such as a meetup) it is opened for that, on the author's behalf, and the pace is not counted.
    """
    if post := writing.earlier(author, client_key, body):
        return post.topic
    _ask_to_open(author, category, at)
    if not origin_url:
        pace.may_write_now(author, at, opens=True).or_refuse()
    rendered = writing.prepare(author, body, category)
    try:
        with transaction.atomic():
            category = Category.objects.select_for_update(of=("self",), no_key=True).get(pk=category.pk)
            _ask_to_open(author, category, at)
            chosen = tagging.choose(author, tags)
            topic = Topic.objects.create(
                category=category,
                author=author,
                title=title,
                slug=slugify(title, allow_unicode=True)[:120],
                origin_title=origin_title,
                origin_url=origin_url,
                created_at=at,
                last_posted_at=at,
                last_author=author,
            )
            post = writing.add(
                topic, author=author, body=body, rendered=rendered, client_key=client_key, at=at, follows=True
            )
            drafts.posted(member=author, client_key=client_key)
            if chosen:
                tagging.put_on(topic, chosen)
            writing.shown_anew(topic)
            notices.opened(post, topic, rendered, at=at)
    except IntegrityError:
        if first := writing.earlier(author, client_key, body):
            return first.topic
        raise
    return topic


def close(*, actor: Member, topic: Topic, at: datetime) -> None:
    """No more replies; the topic stays readable."""
    _set_closed(actor, topic, at, at)


def reopen(*, actor: Member, topic: Topic, at: datetime) -> None:
    """Replies again. Raises `NotAllowed`, as where it is full."""
    _set_closed(actor, topic, None, at)


def pin(*, actor: Member, topic: Topic, is_pinned: bool, at: datetime) -> None:
    """Keep it on top of its place, or let it go; may run twice."""
    may_pin(standing_of(actor, topic.category.group, at)).or_refuse()
    with transaction.atomic():
        locked = writing.locked(topic.pk)
        may_pin(standing_of(actor, locked.category.group, at)).or_refuse()
        if locked.is_pinned != is_pinned:
            locked.is_pinned = is_pinned
            locked.save(update_fields=["is_pinned"])
            acts.record(locked, Act.Kind.PINNED if is_pinned else Act.Kind.UNPINNED, actor=actor, at=at)


def hide(*, topic_id: int, at: datetime) -> None:
    """Out of sight after a decision, with all its posts; may run twice."""
    _set_hidden(topic_id, at)


def restore(*, topic_id: int, at: datetime) -> None:
    """Undo `hide`; may run twice."""
    _set_hidden(topic_id, None)


def _ask_to_open(author: Member, category: Category, at: datetime) -> None:
    may_read(author, category).or_refuse()
    may_begin_in(category).or_refuse()
    may_open(standing_of(author, category.group, at)).or_refuse()


def _set_closed(actor: Member, topic: Topic, closed_at: datetime | None, at: datetime) -> None:
    may_close(standing_of(actor, topic.category.group, at)).or_refuse()
    with transaction.atomic():
        locked = writing.locked(topic.pk)
        if (locked.closed_at is None) == (closed_at is None):
            return
        if closed_at is None:
            may_reopen(locked).or_refuse()
        locked.closed_at = closed_at
        locked.save(update_fields=["closed_at"])
        acts.record(locked, Act.Kind.CLOSED if closed_at else Act.Kind.REOPENED, actor=actor, at=at)
        publish(f"topic:{topic.pk}", "topic.closed" if closed_at else "topic.reopened", {"topic": topic.pk})


def _set_hidden(topic_id: int, hidden_at: datetime | None) -> None:
    with transaction.atomic():
        topic = writing.locked(topic_id)
        if (topic.hidden_at is None) == (hidden_at is None):
            return
        topic.hidden_at = hidden_at
        topic.save(update_fields=["hidden_at"])
        if topic.deleted_at is None:
            counters.topic_changed(topic, -1 if hidden_at else 1)
        if hidden_at:
            notices.all_silenced(topic)
        publish(f"topic:{topic_id}", "topic.hidden" if hidden_at else "topic.restored", {"topic": topic_id})
