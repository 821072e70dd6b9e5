"""What organisers do for their group."""

import pytest
from django.test import Client

from community.models import Group, LogEntry, Member, Membership
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory

FACTS = {
    "name": "Leeds IT Circle",
    "town": "Leeds",
    "topic": "Getting paid",
    "about": "**Peers.**",
    "website": "",
    "attendees_visible_to": "everyone",
    "time_zone": "Europe/London",
}


@pytest.mark.parametrize(
    ("who", "status"), [("visitor", 302), ("stranger", 403), ("member", 403), ("moderator", 403), ("organiser", 200)]
)
def test_only_organisers_come_in(client: Client, group: Group, who: str, status: int) -> None:
    if who != "visitor":
        role = who if who != "stranger" else "organiser"
        place = MembershipFactory(role=role, group=GroupFactory() if who == "stranger" else group)
        client.force_login(place.member)
    assert client.get(f"/groups/{group.slug}/manage/").status_code == status
    assert client.post(f"/groups/{group.slug}/manage/", FACTS).status_code == (302 if who == "organiser" else status)
    group.refresh_from_db()
    assert (group.topic == "Getting paid") == (who == "organiser")


def test_facts_are_saved_and_the_place_stays_where_it_was(signed_in, group: Group, organiser: Member) -> None:
    signed_in(organiser).post(f"/groups/{group.slug}/manage/", FACTS)
    group.refresh_from_db()
    assert (group.name, group.attendees_visible_to) == ("Leeds IT Circle", "everyone")
    assert group.about_html == "<p><strong>Peers.</strong></p>\n"
    assert (group.latitude, group.longitude) == (53.8, -1.55)


def test_a_new_town_moves_the_group(signed_in, group: Group, organiser: Member) -> None:
    signed_in(organiser).post(f"/groups/{group.slug}/manage/", FACTS | {"town": "BS1 4ST"})
    group.refresh_from_db()
    assert (group.place_name, round(group.latitude)) == ("Bristol", 51)


def test_a_place_nobody_knows_keeps_what_was_typed(signed_in, group: Group, organiser: Member) -> None:
    response = signed_in(organiser).post(f"/groups/{group.slug}/manage/", FACTS | {"town": "Leedz"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "Did you mean Leeds, England, United Kingdom" in text
    assert "**Peers.**" in text
    assert LogEntry.objects.count() == 0


def test_a_place_that_was_never_located_does_not_stand_in_the_way(db: None, signed_in) -> None:
    group = GroupFactory(place_name="Orange County", latitude=None, longitude=None)
    organiser = MembershipFactory(group=group, role="organiser").member
    response = signed_in(organiser).post(f"/groups/{group.slug}/manage/", FACTS | {"town": "Orange County"})
    assert response.status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number(
    signed_in, group: Group, organiser: Member, django_assert_num_queries, count: int
) -> None:
    MembershipFactory.create_batch(count, group=group)
    client = signed_in(organiser)
    with django_assert_num_queries(8):
        client.get(f"/groups/{group.slug}/manage/")


def appoint(client: Client, group: Group, member: Member, role: str) -> int:
    return client.post(f"/groups/{group.slug}/manage/roles/{member.handle}/", {"role": role}).status_code


def role_of(group: Group, member: Member) -> str:
    return Membership.objects.live().get(group=group, member=member).role


def test_roles_are_given_by_organisers_only(signed_in, group: Group, organiser: Member, joined: Member) -> None:
    assert appoint(signed_in(joined), group, joined, "organiser") == 302
    assert role_of(group, joined) == "member"
    assert appoint(signed_in(organiser), group, joined, "organiser") == 302
    assert role_of(group, joined) == "organiser"


@pytest.mark.parametrize("role", ["", "owner", "king"])
def test_no_other_role_exists(signed_in, group: Group, organiser: Member, joined: Member, role: str) -> None:
    appoint(signed_in(organiser), group, joined, role)
    assert role_of(group, joined) == "member"


def test_who_is_not_in_the_group_gets_no_role(signed_in, group: Group, organiser: Member) -> None:
    outside = MemberFactory()
    client = signed_in(organiser)
    appoint(client, group, outside, "moderator")
    assert "They are not in this group" in client.get(f"/groups/{group.slug}/manage/").content.decode()


def test_an_organiser_steps_down_and_lands_among_the_members(signed_in, group: Group, organiser: Member) -> None:
    client = signed_in(organiser)
    response = client.post(f"/groups/{group.slug}/manage/roles/{organiser.handle}/", {"role": "member"})
    assert response["Location"] == f"/groups/{group.slug}/members/"
    assert role_of(group, organiser) == "member"


def test_what_was_reported_is_one_step_away(client: Client, group: Group, organiser: Member) -> None:
    client.force_login(organiser)
    page = client.get(f"/groups/{group.slug}/manage/").content.decode()
    assert '<a href="/moderation/">What was reported</a>' in page
    assert client.get("/moderation/").status_code == 200
