"""Roles are given, laid down and set aside; the group can read about it."""

from datetime import date, datetime

import pytest
from django.db import transaction

from community import registry
from community.actions import roles
from community.models import Group, LogEntry, Member, Membership
from community.verdicts import NotAllowed
from notifications.models import Notice
from tests.factories.community import MemberFactory, MembershipFactory

TODAY = date(2026, 12, 1)


def live(group: Group, member: Member) -> Membership:
    return Membership.objects.live().get(group=group, member=member)


def log_of(group: Group) -> list[tuple]:
    return list(LogEntry.objects.filter(group=group).order_by("id").values_list("kind", "text", "actor"))


def test_an_organiser_appoints_another(group: Group, organiser: Member, joined: Member, at: datetime) -> None:
    new = roles.appoint(actor=organiser, member=joined, group=group, role="organiser", at=at)
    rows = Membership.objects.filter(member=joined).order_by("id").values_list("role", "starts_on", "ends_on")
    assert list(rows) == [("member", date(2025, 1, 1), TODAY), ("organiser", TODAY, None)]
    assert new.joined_at == Membership.objects.filter(member=joined).earliest("id").joined_at
    assert log_of(group) == [("role.changed", "Made organiser.", organiser.pk)]
    assert list(Notice.objects.values_list("recipient", "title")) == [
        (joined.pk, f"You are now an organiser of {group.name}")
    ]


def test_a_group_that_is_gone_cannot_be_locked(group: Group) -> None:
    gone = Group(pk=group.pk + 1)
    with transaction.atomic(), pytest.raises(Group.DoesNotExist):
        roles.lock(gone)


def test_appointing_twice_is_once(group: Group, organiser: Member, joined: Member, at: datetime) -> None:
    first = roles.appoint(actor=organiser, member=joined, group=group, role="moderator", at=at)
    assert roles.appoint(actor=organiser, member=joined, group=group, role="moderator", at=at) == first
    assert len(log_of(group)) == 1


def test_changing_back_within_a_day_leaves_empty_periods(
    group: Group, organiser: Member, joined: Member, at: datetime
) -> None:
    for role in ("moderator", "organiser", "member"):
        roles.appoint(actor=organiser, member=joined, group=group, role=role, at=at)
    rows = Membership.objects.filter(member=joined).order_by("id").values_list("role", "starts_on", "ends_on")
    assert list(rows)[1:] == [("moderator", TODAY, TODAY), ("organiser", TODAY, TODAY), ("member", TODAY, None)]


@pytest.mark.parametrize("role", ["member", "moderator"])
def test_others_may_not_appoint(group: Group, joined: Member, at: datetime, role: str) -> None:
    actor = MembershipFactory(group=group, role=role).member
    with pytest.raises(NotAllowed):
        roles.appoint(actor=actor, member=joined, group=group, role="organiser", at=at)
    assert live(group, joined).role == "member"


def test_a_site_moderator_appoints_where_nobody_organises(group: Group, joined: Member, at: datetime) -> None:
    roles.appoint(actor=MemberFactory(is_moderator=True), member=joined, group=group, role="organiser", at=at)
    assert live(group, joined).role == "organiser"


def test_someone_outside_the_group_is_not_appointed(
    group: Group, organiser: Member, member: Member, at: datetime
) -> None:
    with pytest.raises(roles.NotAMember):
        roles.appoint(actor=organiser, member=member, group=group, role="moderator", at=at)


def test_a_tie_bars_from_office_with_its_reason(
    group: Group, organiser: Member, joined: Member, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_bars", [lambda member, group: "Works for Acme, a sponsor."])
    with pytest.raises(NotAllowed, match="Works for Acme"):
        roles.appoint(actor=organiser, member=joined, group=group, role="organiser", at=at)
    assert (live(group, joined).role, log_of(group)) == ("member", [])


def test_the_last_organiser_steps_down_and_everyone_is_asked(
    group: Group, organiser: Member, joined: Member, at: datetime
) -> None:
    roles.appoint(actor=organiser, member=organiser, group=group, role="member", at=at)
    assert [kind for kind, _, _ in log_of(group)] == ["role.changed", "organiser.wanted"]
    told = Notice.objects.filter(kind="community.organiser_wanted").values_list("recipient", flat=True)
    assert sorted(told) == sorted([organiser.pk, joined.pk])


def test_setting_a_role_aside_keeps_the_place_and_says_why(
    group: Group, organiser: Member, joined: Member, at: datetime
) -> None:
    place = roles.set_aside(member=organiser, group=group, reason="Works for Acme, a sponsor.", at=at)
    assert place is not None
    assert (place.role, place.suspended_role, place.starts_on) == ("member", "organiser", TODAY)
    assert log_of(group) == [
        ("role.set_aside", "Role of organiser set aside: Works for Acme, a sponsor.", None),
        ("organiser.wanted", "The group is looking for an organiser.", None),
    ]
    assert Notice.objects.filter(recipient=organiser, kind="community.role_changed").count() == 1


@pytest.mark.parametrize("inside", [True, False])
def test_there_is_nothing_to_set_aside_for_others(group: Group, joined: Member, at: datetime, inside: bool) -> None:
    member = joined if inside else MemberFactory()
    assert roles.set_aside(member=member, group=group, reason="x", at=at) is None
    assert log_of(group) == []


def test_an_offer_to_help_reaches_organisers(group: Group, organiser: Member, joined: Member, at: datetime) -> None:
    MemberFactory(is_moderator=True)
    roles.volunteer(member=joined, group=group, at=at)
    assert list(Notice.objects.values_list("recipient", "kind")) == [(organiser.pk, "community.volunteered")]
    assert log_of(group) == [("role.offered", "Offered to help organise.", joined.pk)]


def test_an_offer_reaches_the_site_where_nobody_organises(group: Group, joined: Member, at: datetime) -> None:
    site = MemberFactory(is_moderator=True)
    roles.volunteer(member=joined, group=group, at=at)
    assert list(Notice.objects.values_list("recipient", flat=True)) == [site.pk]


def test_offering_from_outside_is_refused(group: Group, member: Member, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="Join the group first"):
        roles.volunteer(member=member, group=group, at=at)
