"""How far a member has read, and what follows from reading by itself; choices are in `following`."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least

from community.actions import at_once
from community.actions.at_once import Change
from community.models import Group, Member
from forum.models import Category, Follow, Reading, Topic
from forum.queries.mine import part
from live.changes import changed

_UPSERT = """
INSERT INTO forum_reading (member_id, topic_id, last_number, level, level_reason, read_at, seconds)
VALUES (%s, %s, %s, %s, %s, %s, 0)
ON CONFLICT (member_id, topic_id) DO UPDATE SET
  last_number = CASE WHEN excluded.last_number > forum_reading.last_number
                     THEN excluded.last_number ELSE forum_reading.last_number END,
  level_reason = CASE WHEN forum_reading.level = 'normal' AND forum_reading.level_reason <> 'chosen'
                      THEN excluded.level_reason ELSE forum_reading.level_reason END,
  level = CASE WHEN forum_reading.level = 'normal' AND forum_reading.level_reason <> 'chosen'
               THEN excluded.level ELSE forum_reading.level END,
  read_at = CASE WHEN excluded.read_at > forum_reading.read_at THEN excluded.read_at ELSE forum_reading.read_at END
"""
"""One statement, so two tabs never undo each other: the number only rises, and a chosen level is never overruled."""

_WRITERS = {Reading.Level.TRACKING: "replied", Reading.Level.WATCHING: "opened"}
"""Why who writes follows the topic."""
SECONDS_TO_TRACK = 300
"""Who has read a topic for so long follows it from then on."""
SECONDS_A_REPORT = 60
"""One report moves the clock by no more, whatever it says."""


def read_up_to(*, member: Member, topic: Topic, number: int, at: datetime) -> None:
    """The member saw the posts up to `number`."""
    at_once.run(_rising(member, topic, number, Reading.Level.NORMAL, "", at))
    changed(part(member.pk))


def wrote(*, member: Member, topic: Topic, number: int, level: Reading.Level, at: datetime) -> Change:
    """What goes along with post `number`: by `level` its writer has unread posts counted, or hears of every reply."""
    changed(part(member.pk))
    return _rising(member, topic, number, level, _WRITERS[level], at)


def spent(*, member: Member, topic: Topic, seconds: int) -> None:
    """The clock of a page in sight stands at `seconds`; the same report again changes nothing."""
    mine = Reading.objects.filter(member=member, topic=topic)
    reported = Least(Value(max(seconds, 0)), F("seconds") + SECONDS_A_REPORT)
    mine.update(seconds=Least(Greatest(F("seconds"), reported), Value(SECONDS_TO_TRACK)))
    long = mine.filter(seconds__gte=SECONDS_TO_TRACK, level=Reading.Level.NORMAL).exclude(level_reason="chosen")
    if long.update(level=Reading.Level.TRACKING, level_reason="read"):
        changed(part(member.pk))


def mark_read(*, member: Member, at: datetime, category: Category | None = None, group: Group | None = None) -> None:
    """Nothing is new or unread any more as of now: in a category, a group, or everywhere. The marks only rise."""
    topics = Topic.objects.visible_to(member)
    if category is not None:
        topics = topics.filter(category=category)
    if group is not None:
        topics = topics.filter(category__group=group)
    newest = Topic.objects.filter(pk=OuterRef("topic")).values("last_number")
    with transaction.atomic():
        begun = Reading.objects.filter(member=member, topic__in=topics, topic__last_shown_number__gt=F("last_number"))
        begun.update(last_number=Greatest(F("last_number"), Subquery(newest)), read_at=at)
        place, _ = Follow.objects.get_or_create(member=member, category=category, group=group, tag=None)
        Follow.objects.filter(pk=place.pk).update(all_read_at=Greatest(Coalesce("all_read_at", Value(at)), Value(at)))
        changed(part(member.pk))


def forget(*, member: Member, at: datetime) -> None:
    """The member has departed: what they read is nobody's business."""
    Reading.objects.filter(member=member).delete()
    Follow.objects.filter(member=member).delete()


def _rising(member: Member, topic: Topic, number: int, level: str, reason: str, at: datetime) -> Change:
    moment = connection.ops.adapt_datetimefield_value(at)
    return Change(_UPSERT, [member.pk, topic.pk, number, level, reason, moment])
