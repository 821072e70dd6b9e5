"""Who may do what in a group, by table."""

import pytest

from community.models import Group, Member
from community.policies import groups as policies
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory

WHO = ("nobody", "stranger", "member", "moderator", "organiser", "former", "elsewhere", "site", "operator")

TABLE = {
    policies.may_manage: {"organiser", "operator"},
    policies.may_moderate: {"moderator", "organiser", "site", "operator"},
    policies.may_appoint: {"organiser", "site", "operator"},
}


def person(who: str, group: Group) -> Member | None:
    if who == "nobody":
        return None
    if who in {"member", "moderator", "organiser"}:
        return MembershipFactory(group=group, role=who).member
    if who == "former":
        return MembershipFactory(group=group, role="organiser", ends_on="2026-01-01").member
    if who == "elsewhere":
        return MembershipFactory(role="organiser").member
    return MemberFactory(is_moderator=who == "site", is_superuser=who == "operator")


@pytest.mark.parametrize("policy", TABLE, ids=lambda policy: policy.__name__)
@pytest.mark.parametrize("who", WHO)
def test_who_may(group: Group, policy, who: str) -> None:
    verdict = policy(person(who, group), group)
    assert bool(verdict) == (who in TABLE[policy])
    assert bool(verdict.reason) != bool(verdict)


SEES = {
    "everyone": set(WHO),
    "members": {"member", "moderator", "organiser", "site", "operator"},
    "attendees": {"member", "moderator", "organiser", "site", "operator"},
    "organisers": {"moderator", "organiser", "site", "operator"},
}


@pytest.mark.parametrize("audience", SEES)
@pytest.mark.parametrize("who", WHO)
def test_who_sees_the_people(db: None, audience: str, who: str) -> None:
    group = GroupFactory(attendees_visible_to=audience)
    assert bool(policies.may_see_people(person(who, group), group)) == (who in SEES[audience])


def test_only_listings_are_claimed_and_only_by_people(db: None, member: Member) -> None:
    listed, here = GroupFactory(state="listed"), GroupFactory()
    assert policies.may_claim(member, listed)
    assert not policies.may_claim(member, here)
    assert not policies.may_claim(None, listed)


def test_a_known_role_saves_the_query(group: Group, member: Member, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert policies.may_manage(member, group, "organiser")
