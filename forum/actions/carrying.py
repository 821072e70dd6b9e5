"""Posts change topics: new numbers, pointers where they stood, answers and readings that still make sense."""

from bisect import bisect_right
from collections.abc import Sequence

from django.db.models import F, Max

from forum.models import Pointer, Post, Reading, Topic, Whisper

AT_ONCE = 500
Level = Reading.Level


def carry(source: Topic, target: Topic, posts: Sequence[Post], numbers: Sequence[int]) -> None:
    """`posts` of a locked topic go to another locked (or new) one, under `numbers` that were never given out there."""
    answer = next((post.pk for post in posts if post.pk == source.solved_by_id), None)
    if answer:
        _solve(source, None)
    Pointer.objects.bulk_create(
        [Pointer(topic=source, number=post.number, post=post) for post in posts],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )
    moved = [Post(pk=post.pk, topic=target, number=number) for post, number in zip(posts, numbers, strict=True)]
    Post.objects.bulk_update(moved, ["topic", "number"], batch_size=AT_ONCE)
    apart = Post.objects.filter(topic__in=[source, target], answers__isnull=False)
    apart.exclude(answers__topic=F("topic")).update(answers=None)
    if answer and target.solved_by_id is None and not Post.objects.filter(pk=answer, number=1).exists():
        _solve(target, answer)


def whispers_of_part(source: Topic, target: Topic, numbers: dict[int, int]) -> list[int]:
    """What was whispered after one of these posts goes with it, for the same people; answers the keys."""
    rows = list(Whisper.objects.filter(topic=source, after__in=numbers))
    for row in rows:
        row.topic, row.after = target, numbers[row.after]
    Whisper.objects.bulk_update(rows, ["topic", "after"], batch_size=AT_ONCE)
    return [row.pk for row in rows]


def whispers_of_all(source: Topic, target: Topic, shift: int) -> None:
    """The same for all of a topic that is joined to another."""
    Whisper.objects.filter(topic=source).update(topic=target, after=F("after") + shift)


def readings_of_part(source: Topic, target: Topic, numbers: Sequence[int]) -> None:
    """Whoever had begun the topic has begun both, read what they had read, and follows both as they did the one."""
    rows = [
        Reading(
            member_id=old.member_id,
            topic=target,
            last_number=bisect_right(numbers, old.last_number),
            level=old.level,
            level_reason=old.level_reason,
            read_at=old.read_at,
        )
        for old in Reading.objects.filter(topic=source)
    ]
    Reading.objects.bulk_create(rows, batch_size=AT_ONCE)


def readings_of_all(source: Topic, target: Topic, shift: int) -> None:
    """Who had read the other topic to its end goes on from there; a level one chose here wins over one from there."""
    here = {row.member_id: row for row in Reading.objects.filter(topic=target)}
    # Numbers at the end of either may be those of posts that went elsewhere: nobody need have read to them, nor so far.
    posts = Post.objects.filter(topic=target)
    end = posts.filter(number__lte=shift).aggregate(number=Max("number"))["number"]
    last = posts.aggregate(number=Max("number"))["number"]
    changed, added = [], []
    for old in Reading.objects.filter(topic=source):
        row = here.get(old.member_id)
        if row is None:
            row = Reading(member_id=old.member_id, topic=target, read_at=old.read_at)
            added.append(row)
        else:
            changed.append(row)
        if row.last_number >= end and old.last_number:
            row.last_number = min(shift + old.last_number, last)
        if row.level == Level.NORMAL and row.level_reason != "chosen":
            row.level, row.level_reason = old.level, old.level_reason
    Reading.objects.bulk_create(added, batch_size=AT_ONCE)
    Reading.objects.bulk_update(changed, ["last_number", "level", "level_reason"], batch_size=AT_ONCE)
    Reading.objects.filter(topic=source).delete()


def _solve(topic: Topic, post_id: int | None) -> None:
    Topic.objects.filter(pk=topic.pk).update(solved_by=post_id)
    topic.solved_by_id = post_id
