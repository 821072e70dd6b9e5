"""What one reader has to do with a topic and with the posts on a page of it: one statement each, written out.

These two are asked by every page of every topic. Building them anew each time cost more than the database's answer.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from community.models import Member
from forum.models import Category, Reading

_OF_TOPIC = """
SELECT category.group_id, category.visible_to_whom, topic.hidden_at, topic.deleted_at, topic.category_id,
  topic.last_number, topic.last_shown_number, topic.post_count, topic.closed_at, topic.archived_at, topic.solved_by_id,
  topic.is_pinned, topic.title, topic.slow_seconds, mine.last_number, mine.level, mine.level_reason, mine.seconds,
  of_category.level, of_group.level, membership.role,
  EXISTS (SELECT 1 FROM community_sanction WHERE member_id = %(member)s),
  EXISTS (SELECT 1 FROM forum_draft WHERE member_id = %(member)s AND topic_id = topic.id),
  (SELECT follow.level || ' ' || tag.name FROM forum_follow follow JOIN forum_tag tag ON tag.id = follow.tag_id
   JOIN forum_tagging tagging ON tagging.tag_id = tag.id AND tagging.topic_id = topic.id
   WHERE follow.member_id = %(member)s AND follow.level <> ''
   ORDER BY CASE follow.level WHEN 'muted' THEN 0 WHEN 'watching' THEN 1 WHEN 'tracking' THEN 2 ELSE 3 END, tag.name
   LIMIT 1)
FROM forum_topic topic JOIN forum_category category ON category.id = topic.category_id
LEFT JOIN forum_reading mine ON mine.topic_id = topic.id AND mine.member_id = %(member)s
LEFT JOIN forum_follow of_category ON of_category.category_id = category.id AND of_category.member_id = %(member)s
LEFT JOIN forum_follow of_group ON of_group.group_id = category.group_id AND of_group.member_id = %(member)s
LEFT JOIN community_membership membership ON membership.group_id = category.group_id
  AND membership.member_id = %(member)s AND membership.ends_on IS NULL
WHERE topic.id = %(topic)s
"""
_LOCK = "FOR NO KEY UPDATE OF topic"
"""Writers wait for each other; a new mark of how far someone has read, which refers to the topic, waits for none."""
_OF_POSTS = """
SELECT 'said', post_id, kind FROM forum_reaction WHERE member_id = %(member)s AND post_id {among}
UNION ALL SELECT 'kept', post_id, '' FROM forum_bookmark WHERE member_id = %(member)s AND post_id {among}
UNION ALL SELECT 'blocked', blocked_id, '' FROM community_block WHERE member_id = %(member)s
"""
_AMONG = {"sqlite": "IN (SELECT value FROM json_each(%(posts)s))", "postgresql": "= ANY(%(posts)s)"}
_ON_POSTS = _OF_POSTS.format(among=_AMONG[connection.vendor])
BUCKETS = 1_000
"""Readers share so many parts, so that what concerns everybody changes no more than these."""
_STAMP, _SOLVED = 14, 10
"""So many columns are the topic's own; and which of them is its answer."""


@dataclass(frozen=True, slots=True)
class Mine:
    """`stamp` is how the topic stands in the database at this moment: what is kept of it is kept under this.

    Of several tags that are followed, `tag` is the one that decides: a muted one, else the loudest.

    `is_open`: nobody is kept from reading it. `is_judged`: there are sanctions of the reader, now or once.
    """

    stamp: tuple[Any, ...]
    is_open: bool
    read_to: int = 0
    level: str = Reading.Level.NORMAL
    reason: str = ""
    seconds: int = 0
    tag: str = ""
    tag_level: str = ""
    category_level: str = ""
    group_level: str = ""
    role: str = ""
    is_judged: bool = False
    has_draft: bool = False

    @property
    def group_id(self) -> int | None:
        """The group whose topic it is."""
        return self.stamp[0]

    @property
    def is_solved(self) -> bool:
        """Was an answer marked in it?"""
        return self.stamp[_SOLVED] is not None


@dataclass(frozen=True, slots=True)
class Own:
    """`said` holds (post, kind) of reactions, `kept` posts with a bookmark, `blocked` members."""

    said: set[tuple[int, str]] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)


def part(member_id: int) -> str:
    """What changes with how far a member has read, how they follow, and where they belong (`live.changes`)."""
    return f"mine:{member_id % BUCKETS}"


def mine_in(member: Member | None, topic_id: int, *, locks: bool = False) -> Mine | None:
    """None where there is no such topic. Says nothing of whether it may be read, unless it `is_open`; one query.

    With `locks` the topic's row is locked by it, and told as it stands once that was waited for.
    """
    lock = _LOCK if locks and connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_OF_TOPIC + lock, {"member": member.pk if member else 0, "topic": topic_id})
        row = cursor.fetchone()
    if row is None:
        return None
    read_to, level, reason, seconds, category_level, group_level, role, is_judged, has_draft, followed = row[_STAMP:]
    tag_level, _, tag = (followed or "").partition(" ")
    return Mine(
        stamp=tuple(row[:_STAMP]),
        is_open=row[1:4] == (Category.Audience.EVERYONE, None, None),
        read_to=read_to or 0,
        level=level or Reading.Level.NORMAL,
        reason=reason or "",
        seconds=seconds or 0,
        tag=tag,
        tag_level=tag_level,
        category_level=category_level or "",
        group_level=group_level or "",
        role=role or "",
        is_judged=bool(is_judged),
        has_draft=bool(has_draft),
    )


def own_on(member: Member | None, post_ids: Iterable[int]) -> Own:
    """What the reader did with these posts, and whom they block; one query for members, none for visitors."""
    ids, own = list(post_ids), Own()
    if member is None:
        return own
    posts = json.dumps(ids) if connection.vendor == "sqlite" else ids
    with connection.cursor() as cursor:
        cursor.execute(_ON_POSTS, {"member": member.pk, "posts": posts})
        for what, pk, kind in cursor.fetchall():
            if what == "said":
                own.said.add((pk, kind))
            else:
                (own.kept if what == "kept" else own.blocked).add(pk)
    return own
