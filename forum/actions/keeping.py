"""Archive, pin for the site, slow down: what those who govern do with a topic as a whole. Each may run twice."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from community.models import Member
from community.verdicts import NotAllowed, Verdict, no
from forum.actions import acts, writing
from forum.models import Act, Topic
from forum.policies.keeping import may_close, may_pin_everywhere
from forum.policies.slow import SLOWEST, spoken
from forum.policies.standing import Standing, standing_of
from live.publish import publish


def archive(*, actor: Member, topic: Topic, at: datetime) -> None:
    """Nothing is added to it or changed in it any more. Raises `NotAllowed`."""
    _set(actor, topic, at, may_close, Act.Kind.ARCHIVED, archived_at=at)


def unarchive(*, actor: Member, topic: Topic, at: datetime) -> None:
    """It lives again. Raises `NotAllowed`."""
    _set(actor, topic, at, may_close, Act.Kind.UNARCHIVED, archived_at=None)


def pin_everywhere(*, actor: Member, topic: Topic, is_pinned: bool, at: datetime) -> None:
    """Keep it on top of the whole forum, or let it go. Raises `NotAllowed`."""
    kind = Act.Kind.PINNED_EVERYWHERE if is_pinned else Act.Kind.UNPINNED_EVERYWHERE
    _set(actor, topic, at, may_pin_everywhere, kind, is_pinned_everywhere=is_pinned)


def slow_down(*, actor: Member, topic: Topic, seconds: int, at: datetime) -> None:
    """One post of a member every so many seconds; 0 takes the brake off. Raises `NotAllowed`."""
    if not 0 <= seconds <= SLOWEST:
        no("Choose one of the paces.").or_refuse()
    words = f"one post every {spoken(seconds)}" if seconds else "at any pace"
    _set(actor, topic, at, may_close, Act.Kind.SLOWED, words, slow_seconds=seconds)


def _set(
    actor: Member,
    topic: Topic,
    at: datetime,
    may: Callable[[Standing], Verdict],
    kind: Act.Kind,
    words: str = "",
    **field: object,
) -> None:
    may(standing_of(actor, topic.category.group, at)).or_refuse()
    ((name, value),) = field.items()
    with transaction.atomic():
        locked = writing.locked(topic.pk)
        may(standing_of(actor, locked.category.group, at)).or_refuse()
        if locked.deleted_at:
            raise NotAllowed("This topic is no longer here.")
        now = getattr(locked, name)
        if now == value or (name.endswith("_at") and (now is None) == (value is None)):
            return
        setattr(locked, name, value)
        locked.save(update_fields=[name])
        acts.record(locked, kind, actor=actor, at=at, words=words)
        publish(f"topic:{locked.pk}", f"topic.{kind.value.replace('-', '_')}", {"topic": locked.pk})
