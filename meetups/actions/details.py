"""What is said about an evening, and what no calendar could show."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.utils.text import slugify

from community.models import Group, Member
from community.queries import zones
from community.text.render import render
from meetups.models import Meetup, Series, Venue


class EndsBeforeStart(Exception):  # noqa: N818  (it says the outcome)
    """No evening ends before it begins."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The end must come after the start.")


class UnknownZone(Exception):  # noqa: N818
    """A zone that the zone database does not have."""

    def __init__(self, name: str) -> None:
        """Say which."""
        super().__init__(f"“{name}” is not a time zone we know. Try one such as Europe/London.")


class StillOnline(Exception):  # noqa: N818
    """People have seats online: they are not put into a room."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("People are coming online, so it stays in the room and online. Write to them first.")


class InThePast(Exception):  # noqa: N818
    """A new evening lies ahead."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("That date has passed. Choose one that is still to come.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """All that an organiser says about an evening."""

    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    venue: Venue | None = None
    online_url: str = ""
    about: str = ""
    capacity: int | None = None
    guests_allowed: int = 0
    is_hybrid: bool = False
    online_capacity: int | None = None
    answers_open_at: datetime | None = None
    answers_close_at: datetime | None = None


def check(details: Details) -> None:
    """Refuse what no calendar can show."""
    if not zones.is_known(details.time_zone):
        raise UnknownZone(details.time_zone)
    if details.ends_at <= details.starts_at:
        raise EndsBeforeStart


def fresh(
    group: Group,
    details: Details,
    at: datetime,
    *,
    by: Member | None,
    about_html: str = "",
    series: Series | None = None,
) -> Meetup:
    """An unsaved evening with an identity of its own, published."""
    return Meetup(
        group=group,
        series=series,
        title=details.title,
        slug=slug_of(details.title),
        about=details.about,
        about_html=about_html,
        starts_at=details.starts_at,
        ends_at=details.ends_at,
        time_zone=details.time_zone,
        venue=details.venue,
        online_url=details.online_url,
        capacity=details.capacity,
        guests_allowed=details.guests_allowed,
        is_hybrid=details.is_hybrid,
        online_capacity=details.online_capacity,
        answers_open_at=details.answers_open_at,
        answers_close_at=details.answers_close_at,
        uid=f"{uuid4()}@{settings.MAIL_DOMAIN}",
        planned_by=by,
        created_at=at,
        changed_at=at,
    )


def slug_of(title: str) -> str:
    """For the address; letters of any script."""
    return slugify(title, allow_unicode=True)[:140] or "meetup"


def about_html(about: str, author: Member | None) -> str:
    """Safe HTML of the text about an evening."""
    return render(about, author=author).html if about else ""
