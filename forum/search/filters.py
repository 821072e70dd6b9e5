"""Filters as conditions of the database; one that fits nothing says so in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from community.models import Group, Member
from community.text import handles
from forum.models import Category, Tag
from forum.search.question import Question

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class Nothing(Exception):  # noqa: N818  (it says the outcome)
    """A filter fits nothing; the message says which, for people."""


@dataclass(slots=True)
class Narrowed:
    """Where to look: which of the reader's places, and conditions over `topic` and `{it}` (post or topic)."""

    only: list[Q] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    is_title_only: bool = False

    def add(self, condition: str, **values: Any) -> None:
        """One more condition that must hold."""
        self.where.append(condition)
        self.values |= values


def narrow(member: Member | None, asked: Question) -> Narrowed:
    """What the filters leave to this reader; at most one query a filter. Raises `Nothing`."""
    narrowed = Narrowed()
    for number, (name, value) in enumerate(asked.filters):
        _NARROW[name](narrowed, value, f"f{number}", member)
    return narrowed


def _in(narrowed: Narrowed, value: str, key: str, member: Member | None) -> None:
    narrowed.is_title_only = True


def _group(narrowed: Narrowed, value: str, key: str, member: Member | None) -> None:
    if not Group.objects.visible_to(member).filter(slug=value).exists():
        raise Nothing(f"There is no group “{value}”. Its name stands in its address, as in group:leeds-it-providers.")
    narrowed.only.append(Q(group__slug=value))


def _category(narrowed: Narrowed, value: str, key: str, member: Member | None) -> None:
    if not Category.objects.visible_to(member).filter(slug=value).exists():
        raise Nothing(f"There is no place “{value}” that you may read. Its name stands in its address.")
    narrowed.only.append(Q(slug=value))


def _tag(narrowed: Narrowed, value: str, key: str, member: Member | None) -> None:
    tag = Tag.objects.visible_to(member).filter(name__iexact=value).first()
    tag = tag or Tag.objects.visible_to(member).filter(merged__name__iexact=value).first()
    if tag is None:
        raise Nothing(f"No topic that you may read has the tag “{value}”.")
    # The only thing put in is the name of the parameter, which is ours.
    tagged = f"topic.id IN (SELECT topic_id FROM forum_tagging WHERE tag_id = %({key})s)"  # noqa: S608
    narrowed.add(tagged, **{key: tag.pk})


def _author(narrowed: Narrowed, value: str, key: str, member: Member | None) -> None:
    if value.lower() == "me":
        if member is None:
            raise Nothing("Sign in to look for what you wrote yourself.")
        pk: int | None = member.pk
    else:
        pk = Member.objects.present().filter(handle=handles.tidy(value)).values_list("pk", flat=True).first()
    if pk is None:
        raise Nothing(f"Nobody here is called @{value}.")
    narrowed.add(f"{{it}}.author_id = %({key})s", **{key: pk})


def _before(narrowed: Narrowed, value: str, key: str, member: Member | None) -> None:
    narrowed.add(f"{{it}}.created_at < %({key})s", **{key: _moment("before", value)})


def _after(narrowed: Narrowed, value: str, key: str, member: Member | None) -> None:
    narrowed.add(f"{{it}}.created_at >= %({key})s", **{key: _moment("after", value)})


def _has(narrowed: Narrowed, value: str, key: str, member: Member | None) -> None:
    narrowed.add(_HAS[value.lower()])


def _is(narrowed: Narrowed, value: str, key: str, member: Member | None) -> None:
    narrowed.add(_IS[value.lower()])


_HAS = {
    "poll": (
        "{it}.id IN (SELECT asked.{it}_id FROM (SELECT poll.post_id, holder.topic_id FROM forum_poll poll"
        " JOIN forum_post holder ON holder.id = poll.post_id"
        " WHERE holder.hidden_at IS NULL AND holder.deleted_at IS NULL) asked)"
    ),
}
"""The post itself, or a topic found by its title in which there is one."""
_IS = {
    "open": "topic.closed_at IS NULL",
    "closed": "topic.closed_at IS NOT NULL",
    "solved": "topic.solved_by_id IS NOT NULL",
}
_NARROW: dict[str, Callable[[Narrowed, str, str, Member | None], None]] = {
    "in": _in,
    "group": _group,
    "category": _category,
    "tag": _tag,
    "author": _author,
    "before": _before,
    "after": _after,
    "has": _has,
    "is": _is,
}


def _moment(name: str, value: str) -> datetime:
    """The first moment of a day, month or year on the reader's clock."""
    match = _DAY.fullmatch(value)
    try:
        year, month, day = (int(part) for part in match.groups(default="1")) if match else (0, 0, 0)
        return timezone.make_aware(datetime(year, month, day))  # noqa: DTZ001  (made aware at once)
    except (ValueError, OverflowError) as error:
        raise Nothing(f"“{name}:{value}” is no date. Write 2026-03-31, 2026-03 or 2026.") from error
