"""How an evening and a proposal offer themselves to be judged."""

from datetime import datetime

from django.utils.html import escape

from community.models import Member
from meetups.actions import meetups, points, proposals
from meetups.models import Meetup, Point, Proposal
from meetups.policies import role_of
from meetups.policies.afterwards import was_there
from moderation import registry
from moderation.registry import Kind, Subject


def register() -> None:
    """The kinds, once, when the site starts."""
    registry.register(Kind("meetup", "a meetup", find, visible_to, hide, restore))
    registry.register(Kind("proposal", "a proposal", _find_proposal, _sees_proposal, _hide_proposal, _restore_proposal))
    registry.register(
        Kind("point", "something an evening left open", _find_point, _sees_point, _hide_point, _restore_point)
    )


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


def _find_proposal(number: int) -> Subject | None:
    proposal = Proposal.objects.select_related("group", "author").filter(pk=number).first()
    if proposal is None:
        return None
    return Subject(
        kind="proposal",
        id=proposal.pk,
        author=proposal.author,
        group=proposal.group,
        title=proposal.title,
        text=proposal.body,
        html=proposal.body_html,
        url=proposal.get_absolute_url(),
        is_hidden=proposal.hidden_at is not None,
    )


def _sees_proposal(member: Member | None, number: int) -> bool:
    return Proposal.objects.visible_to(member).filter(pk=number).exists()


def _hide_proposal(number: int, at: datetime) -> None:
    proposals.set_hidden(proposal_id=number, hidden_at=at)


def _restore_proposal(number: int, at: datetime) -> None:
    proposals.set_hidden(proposal_id=number, hidden_at=None)


def _find_point(number: int) -> Subject | None:
    point = Point.objects.select_related("meetup__group", "noted_by").filter(pk=number).first()
    if point is None:
        return None
    return Subject(
        kind="point",
        id=point.pk,
        author=point.noted_by,
        group=point.meetup.group,
        title=f"Left open at “{point.meetup.title}”",
        text=point.text,
        html=escape(point.text),
        url=f"{point.meetup.get_absolute_url()}#left-open",
        is_hidden=point.hidden_at is not None,
    )


def _sees_point(member: Member | None, number: int) -> bool:
    point = Point.objects.select_related("meetup__group").filter(pk=number, hidden_at=None).first()
    return point is not None and (bool(role_of(member, point.meetup.group)) or was_there(member, point.meetup))


def _hide_point(number: int, at: datetime) -> None:
    points.set_hidden(point_id=number, hidden_at=at)


def _restore_point(number: int, at: datetime) -> None:
    points.set_hidden(point_id=number, hidden_at=None)
