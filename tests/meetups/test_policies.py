"""Who may do what on an evening."""

from datetime import datetime, timedelta

import pytest

from community.models import Group, Member, Sanction
from meetups import policies
from meetups.models import Meetup, Rsvp
from tests.factories.meetups import MeetupFactory


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group)


@pytest.mark.parametrize(
    ("audience", "role", "state", "allowed"),
    [
        ("everyone", "", "", True),
        ("members", "", "", False),
        ("members", "", "going", False),
        ("members", "member", "", True),
        ("attendees", "member", "", False),
        ("attendees", "member", "maybe", False),
        ("attendees", "member", "going", True),
        ("attendees", "organiser", "", True),
        ("organisers", "member", "going", False),
        ("organisers", "moderator", "going", False),
        ("organisers", "organiser", "", True),
    ],
)
def test_who_sees_who_is_coming(meetup: Meetup, audience: str, role: str, state: str, allowed: bool) -> None:
    meetup.group.attendees_visible_to = audience
    answer = Rsvp(state=state) if state else None
    verdict = policies.may_see_attendees(meetup, role, answer)
    assert bool(verdict) is allowed
    assert bool(verdict.reason) is not allowed


@pytest.mark.parametrize(
    ("role", "state", "allowed"),
    [
        ("", "", False),
        ("member", "", False),
        ("member", "maybe", False),
        ("member", "waitlisted", False),
        ("member", "going", True),
        ("organiser", "", True),
        ("moderator", "", False),
    ],
)
def test_the_link_and_the_room_are_for_people_who_are_going(
    meetup: Meetup, member: Member, role: str, state: str, allowed: bool
) -> None:
    answer = Rsvp(state=state) if state else None
    assert policies.may_see_link(meetup, role, answer) is allowed
    assert bool(policies.may_enter_room(member, meetup, role, answer)) is allowed
    assert not policies.may_enter_room(None, meetup, role, answer)


@pytest.mark.parametrize(
    ("role", "days", "state", "allowed"),
    [
        ("organiser", 0, "published", True),
        ("organiser", 0, "cancelled", False),
        ("organiser", 30, "published", False),
        ("moderator", 0, "published", False),
        ("member", 0, "published", False),
        ("", 0, "published", False),
    ],
)
def test_who_changes_an_evening(
    meetup: Meetup, member: Member, at: datetime, role: str, days: int, state: str, allowed: bool
) -> None:
    meetup.state = state
    assert bool(policies.may_change(member, meetup, at + timedelta(days=days), role)) is allowed


@pytest.mark.parametrize(
    ("kind", "is_here", "allowed"),
    [("suspend", True, False), ("silence", True, True), ("warn", True, True), ("suspend", False, True)],
)
def test_suspended_members_do_not_take_part(
    meetup: Meetup, member: Member, at: datetime, kind: str, is_here: bool, allowed: bool
) -> None:
    group = meetup.group if is_here else MeetupFactory().group
    Sanction.objects.create(
        member=member, group=group, kind=kind, reason="Sold things.", starts_at=at - timedelta(days=1)
    )
    verdict = policies.may_answer(member, meetup, at)
    assert bool(verdict) is allowed
    assert allowed or "Sold things." in verdict.reason


def test_visitors_and_closed_accounts_do_not_answer(meetup: Meetup, member: Member, at: datetime) -> None:
    assert "Sign in" in policies.may_answer(None, meetup, at).reason
    member.is_active = False
    assert "closed" in policies.may_answer(member, meetup, at).reason


@pytest.mark.parametrize(("state", "hidden"), [("draft", False), ("published", True)])
def test_drafts_and_hidden_ones_are_for_organisers(
    group: Group, organiser: Member, joined: Member, at: datetime, state: str, hidden: bool
) -> None:
    meetup = MeetupFactory(group=group, state=state, hidden_at=at if hidden else None)
    cancelled = MeetupFactory(group=group, state="cancelled")
    seen = {name: set(Meetup.objects.visible_to(who)) for name, who in {"o": organiser, "m": joined, "v": None}.items()}
    assert seen == {"o": {meetup, cancelled}, "m": {cancelled}, "v": {cancelled}}
