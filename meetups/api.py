"""Meetups for programs: what any visitor may read."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from meetups.models import Meetup
from meetups.queries import evenings

router = Router(tags=["meetups"])
AT_MOST = 100


class VenueOut(Schema):
    """A place."""

    name: str
    address: str


class MeetupOut(Schema):
    """An evening. The link to join online is for people who are going, and never here."""

    id: int
    uid: str
    title: str
    group: str
    url: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    state: str
    venue: VenueOut | None
    is_online: bool
    capacity: int | None
    seats_taken: int
    going_count: int
    waiting_count: int

    @staticmethod
    def resolve_group(meetup: Meetup) -> str:
        """The group's slug."""
        return meetup.group.slug

    @staticmethod
    def resolve_url(meetup: Meetup) -> str:
        """The page."""
        return meetup.get_absolute_url()

    @staticmethod
    def resolve_is_online(meetup: Meetup) -> bool:
        """It can be joined online."""
        return bool(meetup.online_url)


@router.get("/meetups", response=list[MeetupOut], url_name="meetups", summary="Meetups to come")
def upcoming(request: HttpRequest, group: str = "", limit: int = 20) -> Any:
    """The next evenings, of one group (by its slug) or of all."""
    rows = evenings.shown(None).upcoming(timezone.now()).order_by("starts_at", "pk")
    rows = rows.filter(group__slug=group) if group else rows
    return rows[: max(1, min(limit, AT_MOST))]


@router.get("/meetups/{number}", response=MeetupOut, url_name="meetup", summary="One meetup")
def one(request: HttpRequest, number: int) -> Any:
    """One evening, past and cancelled ones too."""
    meetup = evenings.shown(None).filter(pk=number).first()
    if meetup is None:
        raise Http404
    return meetup
