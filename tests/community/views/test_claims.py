"""Claiming a listed group, and settling it."""

import pytest
from django.test import Client

from community.models import Claim, Group, Member
from tests.factories.community import ClaimFactory, GroupFactory, MemberFactory


@pytest.fixture
def listed(db: None) -> Group:
    return GroupFactory(state="listed", website="https://example.org/them")


@pytest.fixture
def site(db: None) -> Member:
    return MemberFactory(is_moderator=True)


def test_a_claim_is_made_and_changed_while_it_waits(signed_in, listed: Group, member: Member) -> None:
    client = signed_in(member)
    client.post(f"/groups/{listed.slug}/claim/", {"evidence": "I am on the page."})
    assert "Your claim is waiting" in client.get(f"/groups/{listed.slug}/claim/").content.decode()
    client.post(f"/groups/{listed.slug}/claim/", {"evidence": "Now with a photo."})
    assert list(Claim.objects.values_list("member", "evidence", "state")) == [
        (member.pk, "Now with a photo.", "waiting")
    ]


def test_a_claim_without_evidence_is_asked_again(signed_in, listed: Group, member: Member) -> None:
    assert signed_in(member).post(f"/groups/{listed.slug}/claim/", {"evidence": ""}).status_code == 422
    assert Claim.objects.count() == 0


def test_a_group_that_lives_here_is_not_claimed(signed_in, group: Group, member: Member) -> None:
    client = signed_in(member)
    assert "lives here already" in client.get(f"/groups/{group.slug}/claim/").content.decode()
    client.post(f"/groups/{group.slug}/claim/", {"evidence": "Mine."})
    assert Claim.objects.count() == 0


@pytest.mark.parametrize(("who", "status"), [("visitor", 302), ("member", 403), ("site", 200)])
def test_who_sees_and_settles_claims(client: Client, site: Member, member: Member, who: str, status: int) -> None:
    claim = ClaimFactory(evidence="Secret proof.")
    if who != "visitor":
        client.force_login(site if who == "site" else member)
    response = client.get("/groups/claims/")
    assert response.status_code == status
    assert ("Secret proof." in response.content.decode()) == (who == "site")
    client.post(f"/groups/claims/{claim.pk}/", {"accept": "1"})
    claim.refresh_from_db()
    assert claim.state == ("accepted" if who == "site" else "waiting")


@pytest.mark.parametrize("count", [1, 3])
def test_claims_cost_the_same_for_any_number(signed_in, site: Member, django_assert_num_queries, count: int) -> None:
    ClaimFactory.create_batch(count)
    client = signed_in(site)
    with django_assert_num_queries(4):
        client.get("/groups/claims/")


def test_declining_needs_a_reason_and_the_claimant_reads_it(signed_in, site: Member) -> None:
    claim = ClaimFactory()
    client = signed_in(site)
    assert client.post(f"/groups/claims/{claim.pk}/", {"reason": ""}).status_code == 422
    client.post(f"/groups/claims/{claim.pk}/", {"reason": "Not on the page."})
    claim.refresh_from_db()
    assert (claim.state, claim.answer) == ("declined", "Not on the page.")
    theirs = signed_in(claim.member).get(f"/groups/{claim.group.slug}/claim/").content.decode()
    assert "Not on the page." in theirs


def test_settling_twice_says_so(signed_in, site: Member) -> None:
    claim = ClaimFactory()
    client = signed_in(site)
    client.post(f"/groups/claims/{claim.pk}/", {"accept": "1"})
    client.post(f"/groups/claims/{claim.pk}/", {"reason": "No."})
    claim.refresh_from_db()
    assert claim.state == "accepted"
    assert "accepted already" in client.get("/groups/claims/").content.decode()
