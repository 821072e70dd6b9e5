"""Who hears of a topic: `queries.levels` asked from the other side.

Asked by every post. The statements are written out: building them anew cost ten times the database's answer.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import connection

from community.models import Membership
from forum.models import Category, Reading, Topic
from notifications.queries.among import among, each_of, listed

Level = Reading.Level

_WATCHING = """
SELECT member_id FROM forum_reading WHERE topic_id = %(topic)s AND level = 'watching'
UNION SELECT member_id FROM forum_follow WHERE level = 'watching' AND (category_id = %(category)s
  OR group_id = %(group)s OR tag_id IN (SELECT tag_id FROM forum_tagging WHERE topic_id = %(topic)s))
"""
"""Whoever chose to watch the topic or a place of it, heard or overruled: few, and found by key."""
_THEIRS = """
SELECT member.id, mine.level, mine.level_reason, of_category.level, of_group.level, membership.role,
  member.is_moderator,
  (SELECT follow.level FROM forum_follow follow
   JOIN forum_tagging tagging ON tagging.tag_id = follow.tag_id AND tagging.topic_id = %(topic)s
   WHERE follow.member_id = member.id AND follow.level <> ''
   ORDER BY CASE follow.level WHEN 'muted' THEN 0 WHEN 'watching' THEN 1 WHEN 'tracking' THEN 2 ELSE 3 END LIMIT 1)
FROM community_member member
LEFT JOIN forum_reading mine ON mine.member_id = member.id AND mine.topic_id = %(topic)s
LEFT JOIN forum_follow of_category ON of_category.member_id = member.id AND of_category.category_id = %(category)s
LEFT JOIN forum_follow of_group ON of_group.member_id = member.id AND of_group.group_id = %(group)s
LEFT JOIN community_membership membership ON membership.member_id = member.id AND membership.group_id = %(group)s
  AND membership.ends_on IS NULL
WHERE {these} AND member.id <> %(by)s AND member.is_active AND member.departed_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM community_block WHERE member_id = member.id AND blocked_id = %(by)s)
"""
_NEAR = _THEIRS.format(these=among("member.id", "these"))
_NEAR_OR_WATCHING = _THEIRS.format(these=f"member.id IN ({_WATCHING} UNION {each_of('these')})")


@dataclass(frozen=True, slots=True)
class Hearers:
    """`all`: members who may hear of a topic, and those who `watch` it; nobody who muted it."""

    all: set[int] = field(default_factory=set)
    watch: set[int] = field(default_factory=set)


def hearers(topic: Topic, member_ids: Collection[int], by: int, *, watchers: bool = False) -> Hearers:
    """Those of them who are here, may read the place, did not mute the topic and did not block `by`; one query.

    With `watchers` also whoever watches the topic or a place of it.
    """
    found = Hearers()
    if not (watchers or set(member_ids) - {by}):
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            _NEAR_OR_WATCHING if watchers else _NEAR, {**_values(topic), "by": by, "these": listed(member_ids)}
        )
        rows = cursor.fetchall()
    for pk, own, reason, of_category, of_group, role, is_moderator, of_tag in rows:
        # What was chosen for the topic itself decides; of places the nearer one.
        place = "" if reason == "chosen" else of_tag or of_category or of_group
        if Level.MUTED in {own, place} or not (is_moderator or _reads(role, topic.category)):
            continue
        found.all.add(pk)
        if Level.WATCHING in {own, place}:
            found.watch.add(pk)
    return found


def _reads(role: str | None, category: Category) -> bool:
    """`Category.visible_to` asked of one role."""
    if category.visible_to_whom == Category.Audience.ORGANISERS:
        return role == Membership.Role.ORGANISER
    return category.visible_to_whom == Category.Audience.EVERYONE or role is not None


def _values(topic: Topic) -> dict[str, int | None]:
    return {"topic": topic.pk, "category": topic.category_id, "group": topic.category.group_id}
