"""How far a member has read, and how closely they follow."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from community.models import Member
from forum.models import Reading, Topic
from forum.queries.unread import is_new, is_unread, with_mine

_UPSERT = """
INSERT INTO forum_reading (member_id, topic_id, last_number, level, level_reason, read_at)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (member_id, topic_id) DO UPDATE SET
  last_number = CASE WHEN excluded.last_number > forum_reading.last_number
                     THEN excluded.last_number ELSE forum_reading.last_number END,
  level_reason = CASE WHEN forum_reading.level = 'normal' THEN excluded.level_reason
                      ELSE forum_reading.level_reason END,
  level = CASE WHEN forum_reading.level = 'normal' THEN excluded.level ELSE forum_reading.level END,
  read_at = CASE WHEN excluded.read_at > forum_reading.read_at THEN excluded.read_at ELSE forum_reading.read_at END
"""
"""One statement, so two tabs never undo each other: the number only rises, and a chosen level is never overruled."""

MOST_MARKED = 1000
"""New topics that one "mark all read" writes rows for."""


def read_up_to(*, member: Member, topic: Topic, number: int, at: datetime) -> None:
    """The member saw the posts up to `number`."""
    _upsert(member, topic, number, Reading.Level.NORMAL, "", at)


def tracked(*, member: Member, topic: Topic, number: int, at: datetime) -> None:
    """The member replied: from now on unread posts are counted for them."""
    _upsert(member, topic, number, Reading.Level.TRACKING, "replied", at)


def watched(*, member: Member, topic: Topic, number: int, at: datetime) -> None:
    """The member began it: from now on they hear of every reply."""
    _upsert(member, topic, number, Reading.Level.WATCHING, "opened", at)


def follow(*, member: Member, topic: Topic, level: Reading.Level, at: datetime) -> None:
    """The member chose how closely to follow."""
    Reading.objects.update_or_create(
        member=member,
        topic=topic,
        defaults={"level": level, "level_reason": "chosen"},
        create_defaults={"level": level, "level_reason": "chosen", "read_at": at},
    )


def mark_all_read(*, member: Member, at: datetime) -> None:
    """Nothing is unread any more, as of now; four statements."""
    with transaction.atomic():
        here = with_mine(Topic.objects.visible_to(member), member).filter(is_unread() | is_new(member, at))
        waiting = list(here.order_by("-id").values_list("pk", "last_number")[:MOST_MARKED])
        begun = Reading.objects.filter(member=member, topic__in=[pk for pk, _ in waiting])
        newest = Topic.objects.filter(pk=OuterRef("topic")).values("last_number")
        begun.update(last_number=Subquery(newest), read_at=at)
        rows = [Reading(member=member, topic_id=pk, last_number=number, read_at=at) for pk, number in waiting]
        Reading.objects.bulk_create(rows, ignore_conflicts=True)


def forget(*, member: Member, at: datetime) -> None:
    """The member has departed: what they read is nobody's business."""
    Reading.objects.filter(member=member).delete()


def _upsert(member: Member, topic: Topic, number: int, level: str, reason: str, at: datetime) -> None:
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [member.pk, topic.pk, number, level, reason, moment])
