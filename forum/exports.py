"""What the forum holds of a member, as plain rows."""

from collections.abc import Iterator
from typing import Any

from community.models import Member
from forum.models import (
    Act,
    Ballot,
    Bookmark,
    Draft,
    Enclosure,
    Follow,
    Imported,
    Post,
    Reaction,
    Reading,
    Revision,
    Topic,
    Whisper,
)


def topics(member: Member) -> Iterator[dict[str, Any]]:
    """Topics the member began, removed ones too."""
    rows = Topic.objects.filter(author=member).select_related("category").order_by("id")
    for topic in rows.iterator(chunk_size=500):
        yield {
            "title": topic.title,
            "category": topic.category.name,
            "address": topic.get_absolute_url(),
            "opened_at": topic.created_at.isoformat(),
            "removed_at": topic.deleted_at.isoformat() if topic.deleted_at else None,
        }


def posts(member: Member) -> Iterator[dict[str, Any]]:
    """Everything the member wrote, as typed."""
    rows = Post.objects.filter(author=member).select_related("topic").order_by("id")
    for post in rows.iterator(chunk_size=500):
        yield {
            "topic": post.topic.title,
            "number": post.number,
            "address": post.get_absolute_url(),
            "text": post.body,
            "written_at": post.created_at.isoformat(),
            "edited_at": post.edited_at.isoformat() if post.edited_at else None,
            "hidden_at": post.hidden_at.isoformat() if post.hidden_at else None,
            "removed_at": post.deleted_at.isoformat() if post.deleted_at else None,
        }


def pictures(member: Member) -> Iterator[dict[str, Any]]:
    """Pictures the member sent for posts; the files are in the folder beside."""
    rows = Enclosure.objects.filter(member=member).select_related("picture").order_by("id")
    for row in rows.iterator(chunk_size=500):
        yield {
            "file": row.picture.filename,
            "address": row.get_absolute_url(),
            "words": row.picture.description,
            "sent_at": row.sent_at.isoformat(),
        }


def reactions(member: Member) -> Iterator[dict[str, Any]]:
    """What the member said by a sign."""
    rows = Reaction.objects.filter(member=member).select_related("post__topic").order_by("id")
    for row in rows.iterator(chunk_size=500):
        yield {"post": row.post.get_absolute_url(), "said": row.get_kind_display(), "at": row.at.isoformat()}


def votes(member: Member) -> Iterator[dict[str, Any]]:
    """The member's own votes, secret ones too; nobody else's."""
    rows = Ballot.objects.filter(member=member).select_related("poll__post__topic").order_by("id")
    for row in rows.prefetch_related("choices__option"):
        chosen = sorted(row.choices.all(), key=lambda choice: choice.rank)
        yield {
            "question": row.poll.question,
            "post": row.poll.post.get_absolute_url(),
            "chosen": [choice.option.text for choice in chosen],
            "cast_at": row.cast_at.isoformat(),
        }


def readings(member: Member) -> Iterator[dict[str, Any]]:
    """How far the member has read."""
    rows = Reading.objects.filter(member=member).select_related("topic").order_by("id")
    for reading in rows.iterator(chunk_size=500):
        yield {
            "topic": reading.topic.title,
            "read_to": reading.last_number,
            "level": reading.level,
            "why": reading.level_reason,
            "seconds": reading.seconds,
            "read_at": reading.read_at.isoformat(),
        }


def revisions(member: Member) -> Iterator[dict[str, Any]]:
    """Every text the member gave a post, and why; one that is withheld only where the post is their own."""
    rows = Revision.objects.filter(editor=member).select_related("post__topic").order_by("id")
    for revision in rows.iterator(chunk_size=500):
        is_given = revision.withheld_at is None or revision.post.author_id == member.pk
        yield {
            "address": revision.post.get_absolute_url(),
            "change": revision.number,
            "title": revision.title if is_given else "",
            "text": revision.body if is_given else "",
            "why": revision.reason,
            "written_at": revision.written_at.isoformat(),
            "withheld_at": revision.withheld_at.isoformat() if revision.withheld_at else None,
        }


def drafts(member: Member) -> Iterator[dict[str, Any]]:
    """What the member typed and has not posted."""
    for draft in Draft.objects.filter(member=member).select_related("category").order_by("id"):
        yield {"address": draft.url, **draft.typed, "saved_at": draft.saved_at.isoformat()}


def imported(member: Member) -> Iterator[dict[str, Any]]:
    """Which of the member's posts came from elsewhere, and under which name."""
    rows = Imported.objects.filter(post__author=member).select_related("post__topic").order_by("id")
    for row in rows.iterator(chunk_size=500):
        yield {"address": row.post.get_absolute_url(), "source": row.source, "key": row.key}


def acts(member: Member) -> Iterator[dict[str, Any]]:
    """What the member did to topics as a whole; it stays when they leave, under "a former member"."""
    rows = Act.objects.filter(actor=member).select_related("topic").order_by("id")
    for act in rows.iterator(chunk_size=500):
        yield {"topic": act.topic.title, "did": act.get_kind_display(), "said": act.words, "at": act.at.isoformat()}


def follows(member: Member) -> Iterator[dict[str, Any]]:
    """How the member follows places and tags."""
    for follow in Follow.objects.filter(member=member).select_related("category", "group", "tag").order_by("id"):
        yield {
            "category": follow.category.name if follow.category else None,
            "group": follow.group.name if follow.group else None,
            "tag": follow.tag.name if follow.tag else None,
            "level": follow.level or "as usual",
            "all_read_at": follow.all_read_at.isoformat() if follow.all_read_at else None,
        }


def whispers(member: Member) -> Iterator[dict[str, Any]]:
    """What the member said to those alone who look after a group; their own words and nobody else's."""
    rows = Whisper.objects.filter(author=member).select_related("topic").order_by("id")
    for whisper in rows.iterator(chunk_size=500):
        yield {
            "address": whisper.get_absolute_url(),
            "text": whisper.body,
            "written_at": whisper.created_at.isoformat(),
            "taken_back_at": whisper.deleted_at.isoformat() if whisper.deleted_at else None,
        }


def bookmarks(member: Member) -> Iterator[dict[str, Any]]:
    """What the member keeps to come back to."""
    rows = Bookmark.objects.filter(member=member).select_related("post__topic").order_by("id")
    for kept in rows.iterator(chunk_size=500):
        yield {
            "address": kept.post.get_absolute_url(),
            "note": kept.note,
            "remind_at": kept.remind_at.isoformat() if kept.remind_at else None,
            "kept_at": kept.created_at.isoformat(),
        }


ALL = {
    "topics": topics,
    "posts": posts,
    "pictures": pictures,
    "reactions": reactions,
    "votes": votes,
    "readings": readings,
    "changes": revisions,
    "drafts": drafts,
    "imported": imported,
    "acts": acts,
    "follows": follows,
    "whispers": whispers,
    "bookmarks": bookmarks,
}
"""Every table that holds something of a member, by the name it has in what they download."""
