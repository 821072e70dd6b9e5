"""What open pages may listen to: "topic:<id>", "composing:<id>" for members, "whispers:<id>" for those who govern.

"talk:0" tells members that something was said where everybody may read, "talk:<id>" of a place that is not for all.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from community.models import Block, Membership
from forum.models import Category, Topic
from forum.policies.standing import standing_of
from forum.policies.writing import may_reply
from forum.queries.unread import waiting_of
from live.publish import publish
from live.registry import Stream

A_WRITER_EVERY = 3
A_TOPIC_EVERY = 1
"""Seconds between two hints that somebody writes: of one member, and of all in a topic."""


def may_join(member: Any, number: int) -> bool:
    """Whoever may see the topic; visitors too, where anyone may."""
    return Topic.objects.visible_to(member).filter(pk=number).exists()


def who_may_join(members: Collection[Any], number: int) -> set[int]:
    """The keys of those that may: all, where anyone may; else each is asked."""
    is_public = may_join(None, number)
    return {member.pk for member in members if is_public or may_join(member, number)}


def may_hear_whispers(member: Any, number: int) -> bool:
    """Those who look after the group the topic stands in; the site's moderators in every group's."""
    topics = Topic.objects.visible_to(member).filter(pk=number, category__group__isnull=False)
    if getattr(member, "is_moderator", False):
        return topics.exists()
    governed = Membership.objects.live().governing().filter(member=getattr(member, "pk", None)).values("group")
    return topics.filter(category__group__in=governed).exists()


def may_see_writers(member: Any, number: int) -> bool:
    """Members who may see the topic: who is writing is not for the street."""
    return member is not None and may_join(member, number)


def writes(member: Any, number: int, frame: Mapping[str, Any]) -> dict[str, Any]:
    """`{}`: a reply is being typed. Passed on now and then, kept nowhere, only for those whose reply would be taken."""
    if not cache.add(f"composing:{number}:{member.pk}", 1, A_WRITER_EVERY):
        return {}
    topic = Topic.objects.visible_to(member).select_related("category__group").filter(pk=number).first()
    if topic is None or not may_reply(standing_of(member, topic.category.group, timezone.now()), topic):
        return {}
    if cache.add(f"composing:{number}", 1, A_TOPIC_EVERY):
        publish(f"composing:{number}", "member.writes", {"member": member.pk, "name": member.shown_name})
    return {}


def blocked(member: Any, number: int, frame: Mapping[str, Any]) -> dict[str, Any]:
    """`{}` → whom the reader has blocked: their page shows no sign of them."""
    return {"blocked": list(Block.objects.filter(member=member).values_list("blocked", flat=True))}


def may_hear_of(member: Any, number: int) -> bool:
    """Members; of a place that is not for all, those who may read it."""
    return member is not None and (not number or Category.objects.visible_to(member).filter(pk=number).exists())


def who_may_hear_of(members: Collection[Any], number: int) -> set[int]:
    """The keys of those that may: all members, where anyone may read; else each is asked."""
    is_public = not number or Category.objects.visible_to(None).filter(pk=number).exists()
    return {member.pk for member in members if is_public or may_hear_of(member, number)}


def count(member: Any, number: int, frame: Mapping[str, Any]) -> dict[str, Any]:
    """`{}` → topics that are new or unread, each with its number, and the places whose own streams tell of more."""
    waiting = waiting_of(member, at=timezone.now())
    return {"new": waiting.new, "unread": waiting.unread, "places": waiting.places}


TOPIC = Stream(kind="topic", may_join=may_join, who_may_join=who_may_join)
COMPOSING = Stream(
    "composing", may_see_writers, frames={"writes": writes, "blocked": blocked}, who_may_join=who_may_join
)
WHISPERS = Stream(kind="whispers", may_join=may_hear_whispers)
TALK = Stream("talk", may_hear_of, frames={"count": count}, who_may_join=who_may_hear_of)
