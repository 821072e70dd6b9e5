"""A member chooses how closely to follow a topic, a place or a tag; whatever happens by itself never overrules it."""

from datetime import datetime

from community.models import Group, Member
from community.verdicts import no
from forum.models import Category, Follow, Reading, Tag, Topic
from forum.policies.keeping import may_read, may_see
from forum.queries.mine import part
from live.changes import changed


def topic(*, member: Member, topic: Topic, level: Reading.Level, at: datetime) -> None:
    """This topic, before all that is chosen for its place. Raises `NotAllowed`."""
    may_see(member, topic).or_refuse()
    Reading.objects.update_or_create(
        member=member,
        topic=topic,
        defaults={"level": level, "level_reason": "chosen"},
        create_defaults={"level": level, "level_reason": "chosen", "read_at": at},
    )
    changed(part(member.pk))


def category(*, member: Member, category: Category, level: Reading.Level | None) -> None:
    """Everything in a category; None: as usual there. Raises `NotAllowed`."""
    may_read(member, category).or_refuse()
    Follow.objects.update_or_create(member=member, category=category, group=None, defaults={"level": level or ""})
    changed(part(member.pk))


def group(*, member: Member, group: Group, level: Reading.Level | None) -> None:
    """Everything in a group, but for categories with a choice of their own; None: as usual. Raises `NotAllowed`."""
    if not Group.objects.visible_to(member).filter(pk=group.pk).exists():
        no("There is no such group here.").or_refuse()
    Follow.objects.update_or_create(member=member, category=None, group=group, defaults={"level": level or ""})
    changed(part(member.pk))


def tag(*, member: Member, tag: Tag, level: Reading.Level | None) -> None:
    """Every topic with a tag, wherever it stands; None: as its place is. Raises `NotAllowed`."""
    if not Tag.objects.visible_to(member).filter(pk=tag.pk).exists():
        no("There is no such tag here.").or_refuse()
    Follow.objects.update_or_create(member=member, tag=tag, defaults={"level": level or ""})
    changed(part(member.pk))
