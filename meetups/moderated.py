"""How an evening offers itself to be judged."""

from datetime import datetime

from community.models import Member
from meetups.actions import meetups
from meetups.models import Meetup
from moderation import registry
from moderation.registry import Kind, Subject


def register() -> None:
    """The kind, once, when the site starts."""
    registry.register(Kind("meetup", "a meetup", find, visible_to, hide, restore))


def find(number: int) -> Subject | None:
    """As a moderator sees it."""
    meetup = Meetup.objects.select_related("group", "planned_by").filter(pk=number).first()
    if meetup is None:
        return None
    return Subject(
        kind="meetup",
        id=meetup.pk,
        author=meetup.planned_by,
        group=meetup.group,
        title=meetup.title,
        text=meetup.about,
        html=meetup.about_html,
        url=meetup.get_absolute_url(),
        is_hidden=meetup.hidden_at is not None,
    )


def visible_to(member: Member | None, number: int) -> bool:
    """Whether they can see it, to report it."""
    return Meetup.objects.visible_to(member).filter(pk=number).exists()


def hide(number: int, at: datetime) -> None:
    """Out of sight."""
    meetups.hide(Meetup.objects.get(pk=number), at)


def restore(number: int, at: datetime) -> None:
    """In sight again."""
    meetups.restore(Meetup.objects.get(pk=number), at)
