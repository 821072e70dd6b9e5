"""Groups, to read: public facts only."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from community.models import Group

router = Router(tags=["groups"])
PER_PAGE = 50


class GroupOut(Schema):
    """A group as anyone may see it. Positions are the town's; moments are UTC."""

    slug: str
    name: str
    about: str
    topic: str
    place: str
    country: str
    latitude: float | None
    longitude: float | None
    is_online: bool
    time_zone: str
    state: str
    members: int
    next_meetup_at: str | None
    url: str
    website: str

    @staticmethod
    def of(group: Group) -> "GroupOut":
        """From the row."""
        return GroupOut(
            slug=group.slug,
            name=group.name,
            about=group.about,
            topic=group.topic,
            place=group.place_name,
            country=group.country_code,
            latitude=group.latitude,
            longitude=group.longitude,
            is_online=group.is_online,
            time_zone=group.time_zone,
            state=group.state,
            members=group.member_count,
            next_meetup_at=group.next_meetup_at.isoformat() if group.next_meetup_at else None,
            url=settings.BASE_URL + group.get_absolute_url(),
            website=group.website,
        )


class GroupsOut(Schema):
    """A page of groups; `next` is the `after` of the following page, or null at the end."""

    items: list[GroupOut]
    next: int | None


def _rows() -> QuerySet[Group]:
    return Group.objects.visible_to(None)


@router.get("", response=GroupsOut, summary="Groups")
def groups(request: HttpRequest, country: str = "", after: int = 0) -> Any:
    """Every public group, by number; `country` is an ISO code."""
    rows = _rows().filter(pk__gt=after)
    if country:
        rows = rows.filter(country_code=country.upper())
    found = list(rows.order_by("pk")[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    return GroupsOut(items=[GroupOut.of(each) for each in page], next=page[-1].pk if len(found) > PER_PAGE else None)


@router.get("/{slug}", response=GroupOut, summary="One group")
def group(request: HttpRequest, slug: str) -> Any:
    """A group by its slug; 404 when there is none."""
    return GroupOut.of(get_object_or_404(_rows(), slug=slug))
