"""A topic to another place, posts to a topic of their own, a topic into another.

Topics are locked by their keys, the lower first, then their places likewise: two who move the same things the other way
round wait for each other. Counters are counted afresh under those locks, so they equal a recount.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from community.models import Member
from community.verdicts import NotAllowed, no
from forum import notices
from forum.actions import acts, carrying, continuing, drafts, recount, tags, writing
from forum.models import Act, Category, Pointer, Post, Tagging, Topic
from forum.policies.keeping import may_read
from forum.policies.moving import may_move, may_take, may_widen
from forum.policies.places import may_begin_in
from forum.policies.standing import standing_of
from live.publish import publish


def move(*, actor: Member, topic: Topic, place: Category, at: datetime, is_meant: bool = False) -> None:
    """To another place; `is_meant` where others will read it there. May run twice. Raises `NotAllowed`."""
    _ask(actor, topic.category, place, at, is_meant=is_meant)
    with transaction.atomic():
        topic = writing.locked(topic.pk)
        place = Category.objects.select_related("group").get(pk=place.pk)
        before = topic.category
        if before.pk == place.pk:
            return
        may_take(topic).or_refuse()
        _ask(actor, before, place, at, is_meant=is_meant)
        topic.category, topic.is_pinned = place, False
        topic.save(update_fields=["category", "is_pinned"])
        recount.settle([topic], [before, place])
        open_to_all = Category.Audience.EVERYONE
        words = before.name if before.visible_to_whom == open_to_all else ""
        acts.record(topic, Act.Kind.MOVED, actor=actor, at=at, words=words)
        if place.visible_to_whom != open_to_all:
            notices.withdrawn(Topic.objects.filter(pk=topic.pk), place)
        writing.shown_anew(topic)
        publish(f"topic:{topic.pk}", "topic.moved", {"topic": topic.pk})


def split(
    *,
    actor: Member,
    topic: Topic,
    numbers: Sequence[int],
    title: str,
    place: Category,
    at: datetime,
    is_meant: bool = False,
) -> Topic:
    """These posts become a topic of their own; sent twice, it answers the first. Raises `NotAllowed`."""
    _ask(actor, topic.category, place, at, is_meant=is_meant)
    wanted = sorted(set(numbers))
    with transaction.atomic():
        topic = writing.locked(topic.pk)
        place = Category.objects.select_related("group").get(pk=place.pk)
        _ask(actor, topic.category, place, at, is_meant=is_meant)
        may_take(topic).or_refuse()
        chosen = list(Post.objects.filter(topic=topic, number__in=wanted).order_by("number"))
        if not chosen and (gone := Pointer.objects.filter(topic=topic, number__in=wanted).first()):
            return gone.post.topic
        _ask_for(chosen)
        first = chosen[0]
        new = Topic.objects.create(
            category=place,
            author=first.author,
            title=title,
            slug=slugify(title, allow_unicode=True)[:120],
            created_at=first.created_at,
            last_posted_at=first.created_at,
            last_author=first.author,
        )
        carrying.carry(topic, new, chosen, [*range(1, len(chosen) + 1)])
        carrying.readings_of_part(topic, new, [post.number for post in chosen])
        said_aside = carrying.whispers_of_part(topic, new, {post.number: n for n, post in enumerate(chosen, start=1)})
        recount.settle([topic, new], [topic.category, place])
        new.refresh_from_db(fields=["last_number"])
        said = f"{len(chosen)} post{'s' if len(chosen) > 1 else ''}"
        acts.record(topic, Act.Kind.GAVE, actor=actor, at=at, other=new, words=said)
        acts.record(new, Act.Kind.TOOK, actor=actor, at=at, other=topic, words=said)
        notices.moved([post.pk for post in chosen], new, said_aside)
        writing.shown_anew(new)
        publish(f"topic:{topic.pk}", "topic.split", {"topic": topic.pk, "new": new.pk})
    return new


def merge(*, actor: Member, topic: Topic, into: Topic, at: datetime, is_meant: bool = False) -> Topic:
    """All posts of one topic follow those of another; its address leads there. May run twice. Raises `NotAllowed`."""
    if topic.pk == into.pk:
        raise NotAllowed("Choose another topic: this one cannot be joined to itself.")
    _ask(actor, topic.category, into.category, at, is_meant=is_meant)
    with transaction.atomic():
        both = {pk: writing.locked(pk) for pk in sorted((topic.pk, into.pk))}
        topic, into = both[topic.pk], both[into.pk]
        if topic.merged_into_id == into.pk:
            return into
        _ask(actor, topic.category, into.category, at, is_meant=is_meant)
        may_take(topic).or_refuse()
        may_take(into).or_refuse()
        if into.last_number + topic.last_number > continuing.LONGEST:
            no(f"Together they would have more than {continuing.LONGEST} posts.").or_refuse()
        shift = into.last_number
        posts = list(Post.objects.filter(topic=topic).order_by("number"))
        carrying.carry(topic, into, posts, [post.number + shift for post in posts])
        carrying.readings_of_all(topic, into, shift)
        carrying.whispers_of_all(topic, into, shift)
        drafts.joined(topic, into, shift)
        _join_tags(topic, into)
        topic.deleted_at, topic.merged_into = at, into
        topic.save(update_fields=["deleted_at", "merged_into"])
        acts.record(into, Act.Kind.JOINED, actor=actor, at=at, words=topic.title)
        recount.settle([topic, into], [topic.category, into.category])
        notices.merged(topic, into)
        publish(f"topic:{topic.pk}", "topic.merged", {"topic": topic.pk, "into": into.pk})
        publish(f"topic:{into.pk}", "topic.grew", {"topic": into.pk})
    return into


def _ask(actor: Member, before: Category, after: Category, at: datetime, *, is_meant: bool) -> None:
    may_read(actor, after).or_refuse()
    may_move(standing_of(actor, before.group, at), standing_of(actor, after.group, at)).or_refuse()
    if before.pk != after.pk:
        may_begin_in(after).or_refuse()
    may_widen(before, after, is_meant=is_meant).or_refuse()


def _ask_for(chosen: Sequence[Post]) -> None:
    if not chosen:
        no("Choose the posts that belong together.").or_refuse()
    if chosen[0].number == 1:
        no("The first post holds the topic together, so it stays. Choose from the second on.").or_refuse()
    if all(post.hidden_at or post.deleted_at for post in chosen):
        no("Choose at least one post that can be seen.").or_refuse()


def _join_tags(topic: Topic, into: Topic) -> None:
    theirs, ours = (
        [row.tag for row in Tagging.objects.filter(topic=each).select_related("tag").order_by("position")]
        for each in (topic, into)
    )
    tags.put_on(topic, [])
    tags.put_on(into, list(dict.fromkeys(ours + theirs)))
