"""A group's people and its log; coming and going."""

import pytest
from django.test import Client

from community import registry
from community.models import Affiliation, Group, LogEntry, Member, Membership
from community.registry import Label
from tests.factories.community import (
    AffiliationFactory,
    GroupFactory,
    LogEntryFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
)


def live_role(group: Group, member: Member) -> str:
    return Membership.objects.live().filter(group=group, member=member).values_list("role", flat=True).first() or ""


def test_a_visitor_reads_who_looks_after_it_and_nobody_else(
    client: Client, group: Group, organiser: Member, joined: Member
) -> None:
    response = client.get(f"/groups/{group.slug}/members/")
    text = response.content.decode()
    assert response.status_code == 200
    assert organiser.shown_name in text
    assert joined.shown_name not in text
    assert "Members of this group see who else is in it." in text


def test_a_member_sees_the_others_but_not_those_who_would_rather_not(
    signed_in, group: Group, organiser: Member, joined: Member
) -> None:
    shy = MembershipFactory(group=group, member=MemberFactory(is_listed_by_name=False)).member
    mine = signed_in(joined).get(f"/groups/{group.slug}/members/").content.decode()
    assert shy.shown_name not in mine
    assert "And 1 who would rather not be named" in mine
    theirs = signed_in(organiser).get(f"/groups/{group.slug}/members/").content.decode()
    assert shy.shown_name in theirs


def test_who_works_for_a_vendor_wears_the_label(
    client: Client, group: Group, organiser: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = Label("works for Acme, sponsor of this group", "Acme", is_sponsor=True)
    monkeypatch.setattr(registry, "labels", lambda ids, where: dict.fromkeys(ids, label))
    assert label.text in client.get(f"/groups/{group.slug}/members/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number(
    signed_in, group: Group, joined: Member, django_assert_num_queries, count: int
) -> None:
    MembershipFactory.create_batch(count, group=group)
    client = signed_in(joined)
    with django_assert_num_queries(9):
        client.get(f"/groups/{group.slug}/members/")


def test_an_archived_group_has_no_page(client: Client, db: None) -> None:
    group = GroupFactory(state="archived")
    assert client.get(f"/groups/{group.slug}/members/").status_code == 404
    assert client.get(f"/groups/{group.slug}/log/").status_code == 404


def test_everyone_reads_the_log_of_this_group_only(client: Client, group: Group) -> None:
    concerned = MemberFactory(display_name="Ann")
    LogEntryFactory(group=group, text="Made organiser.", data={"member": concerned.pk})
    LogEntryFactory(text="Elsewhere.")
    text = client.get(f"/groups/{group.slug}/log/").content.decode()
    assert "Made organiser." in text
    assert "Ann" in text
    assert "Elsewhere." not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_for_any_number(
    client: Client, group: Group, django_assert_num_queries, count: int
) -> None:
    for _ in range(count):
        LogEntryFactory(group=group, data={"member": MemberFactory().pk})
    with django_assert_num_queries(4):
        client.get(f"/groups/{group.slug}/log/")


def test_joining_and_leaving_by_hand(signed_in, group: Group, member: Member) -> None:
    client = signed_in(member)
    assert "Join" in client.get(f"/groups/{group.slug}/join/").content.decode()
    assert client.post(f"/groups/{group.slug}/join/").status_code == 302
    assert live_role(group, member) == "member"
    assert "Leave" in client.get(f"/groups/{group.slug}/leave/").content.decode()
    assert live_role(group, member) == "member"
    assert client.post(f"/groups/{group.slug}/leave/").status_code == 302
    assert live_role(group, member) == ""


def test_a_visitor_signs_in_first(client: Client, group: Group) -> None:
    response = client.post(f"/groups/{group.slug}/join/")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/?next=")
    assert Membership.objects.count() == 0


def test_a_listing_says_where_to_join(signed_in, member: Member) -> None:
    group = GroupFactory(state="listed", website="https://example.org/them")
    client = signed_in(member)
    text = client.get(f"/groups/{group.slug}/join/").content.decode()
    assert "meets elsewhere" in text
    assert "https://example.org/them" in text
    assert client.post(f"/groups/{group.slug}/join/").status_code == 403
    assert Membership.objects.count() == 0


def test_who_works_for_a_vendor_says_so_while_joining(signed_in, group: Group, member: Member) -> None:
    OrganisationFactory(name="Acme")
    client = signed_in(member)
    assert '<option value="Acme">' in client.get(f"/groups/{group.slug}/join/").content.decode()
    client.post(f"/groups/{group.slug}/join/", {"works_for": "acme"})
    assert live_role(group, member) == "member"
    ties = Affiliation.objects.values_list("member", "organisation__name", "kind")
    assert list(ties) == [(member.pk, "Acme", "employee")]


def test_who_said_more_of_a_tie_before_is_not_made_an_employee(signed_in, group: Group, member: Member) -> None:
    AffiliationFactory(member=member, organisation__name="Acme", kind="owner")
    signed_in(member).post(f"/groups/{group.slug}/join/", {"works_for": "Acme"})
    assert list(Affiliation.objects.live().values_list("kind", flat=True)) == ["owner"]


def test_offering_to_help(signed_in, group: Group, organiser: Member, joined: Member) -> None:
    client = signed_in(joined)
    assert "Offer to help organise" in client.get(f"/groups/{group.slug}/members/").content.decode()
    client.post(f"/groups/{group.slug}/volunteer/")
    assert list(LogEntry.objects.values_list("kind", "actor")) == [("role.offered", joined.pk)]


def test_offering_from_outside_writes_nothing(signed_in, group: Group, member: Member) -> None:
    signed_in(member).post(f"/groups/{group.slug}/volunteer/")
    assert LogEntry.objects.count() == 0
