"""Places to talk in are made, changed, put in order, retired; all that organisers may do with their own."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.text import slugify

from community.actions import log
from community.models import Group, Member
from community.verdicts import NotAllowed
from forum import notices
from forum.actions.categories import free_slug
from forum.models import Category, Topic
from forum.policies.places import may_arrange
from live.changes import EVERYTHING, changed


class Taken(NotAllowed):
    """There is a place of that name already."""


class StillNeeded(NotAllowed):
    """It holds topics, or is the last one."""


class Facts(TypedDict):
    """What is said of a place; a new topic begins with `template`."""

    name: str
    about: str
    colour: str
    visible_to_whom: str
    template: str


def make(*, actor: Member, group: Group | None, at: datetime, **facts: Unpack[Facts]) -> Category:
    """One more place, the last in order. Raises `NotAllowed`, `Taken`."""
    may_arrange(actor, group).or_refuse()
    with transaction.atomic():
        beside = _locked(group)
        may_arrange(actor, group).or_refuse()
        _refuse_twin(beside, facts["name"])
        slug = free_slug(slugify(f"{group.slug} {facts['name']}" if group else facts["name"])[:80] or "place")
        position = max((each.position for each in beside), default=-1) + 1
        place = Category.objects.create(group=group, slug=slug, position=position, **facts)
        _record(actor, place, "forum.place_made", "Made a place to talk in", at)
    return place


def amend(*, actor: Member, place: Category, at: datetime, **facts: Unpack[Facts]) -> Category:
    """Say it differently; its address stays, and a narrower audience holds at once. Raises `NotAllowed`, `Taken`."""
    may_arrange(actor, place.group).or_refuse()
    with transaction.atomic():
        beside = _locked(place.group)
        may_arrange(actor, place.group).or_refuse()
        place = _among(beside, place)
        _refuse_twin([each for each in beside if each.pk != place.pk], facts["name"])
        before = Category.Audience(place.visible_to_whom)
        for name, value in facts.items():
            setattr(place, name, value)
        place.save(update_fields=list(facts))
        after = Category.Audience(place.visible_to_whom)
        if before != after:
            _record(actor, place, "forum.place_audience", f"Opened a place to: {after.label.lower()}", at, before)
        if before.is_wider_than(after):
            notices.withdrawn(Topic.objects.filter(category=place), place)
    return place


def move(*, actor: Member, place: Category, by: int) -> None:
    """Up (-1) or down (1) in the order; at an end it stays."""
    may_arrange(actor, place.group).or_refuse()
    with transaction.atomic():
        row = _locked(place.group)
        here = row.index(_among(row, place))
        row.insert(min(max(here + by, 0), len(row) - 1), row.pop(here))
        for position, each in enumerate(row):
            each.position = position
        Category.objects.bulk_update(row, ["position"])


def retire(*, actor: Member, place: Category, at: datetime) -> None:
    """Nothing new begins there; may run twice. Raises `StillNeeded` for the last open place of a group."""
    may_arrange(actor, place.group).or_refuse()
    with transaction.atomic():
        beside = _locked(place.group)
        place = _among(beside, place)
        if place.retired_at is None:
            _refuse_last(beside, place)
            place.retired_at = at
            place.save(update_fields=["retired_at"])
            _record(actor, place, "forum.place_retired", "Retired a place to talk in", at)


def reopen(*, actor: Member, place: Category, at: datetime) -> None:
    """Topics may begin there again; may run twice."""
    may_arrange(actor, place.group).or_refuse()
    with transaction.atomic():
        place = _among(_locked(place.group), place)
        if place.retired_at is not None:
            place.retired_at = None
            place.save(update_fields=["retired_at"])
            _record(actor, place, "forum.place_reopened", "Reopened a place to talk in", at)


def delete(*, actor: Member, place: Category, at: datetime) -> None:
    """A place where nothing was ever said. Raises `StillNeeded` otherwise, and for the last one."""
    may_arrange(actor, place.group).or_refuse()
    with transaction.atomic():
        beside = _locked(place.group)
        place = _among(beside, place)
        _refuse_last(beside, place)
        if Topic.objects.filter(category=place).exists():
            raise StillNeeded("People have talked there, so it cannot be deleted. Retire it: it stays readable.")
        _record(actor, place, "forum.place_deleted", "Deleted an empty place to talk in", at)
        place.delete()


def _locked(group: Group | None) -> list[Category]:
    """All the places beside one another, in order: two organisers take turns, and visitors see all anew."""
    if group is not None:
        Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    changed(EVERYTHING)
    rows = Category.objects.select_for_update(of=("self",)).filter(group=group).select_related("group")
    return sorted(rows.order_by("pk"), key=lambda each: (each.position, each.name))


def _among(beside: list[Category], place: Category) -> Category:
    found = next((each for each in beside if each.pk == place.pk), None)
    if found is None:
        raise NotAllowed("That place is gone.")
    return found


def _refuse_twin(beside: list[Category], name: str) -> None:
    if any(each.name.casefold() == name.casefold() for each in beside):
        raise Taken(f"There is a place called “{name}” already. Choose another name.")


def _refuse_last(beside: list[Category], place: Category) -> None:
    if not any(each.retired_at is None and each.pk != place.pk for each in beside):
        raise StillNeeded("This is the only place to talk in. Make another one first.")


def _record(
    actor: Member, place: Category, kind: str, said: str, at: datetime, before: Category.Audience | None = None
) -> None:
    """For all to read, so the name of a place that is not for all stays out of it."""
    if place.group is None:
        return
    everyone = Category.Audience.EVERYONE
    text = f"{said}: {place.name}" if {place.visible_to_whom, before or everyone} == {everyone} else said
    log.record(group=place.group, actor=actor, kind=kind, text=text, at=at, data={"category": place.pk})
