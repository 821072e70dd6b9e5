"""A listing finds its organiser."""

from datetime import datetime

import pytest

from community import registry
from community.actions import claims
from community.models import Claim, Group, LogEntry, Member, Membership
from community.verdicts import NotAllowed
from notifications.models import Notice
from tests.factories.community import ClaimFactory, MemberFactory


@pytest.fixture
def site(db: None) -> Member:
    return MemberFactory(is_moderator=True)


def test_accepting_moves_the_group_in_with_its_organiser(
    site: Member, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    names = ("founded", "joined", "role_changed")
    monkeypatch.setattr(registry, "_listeners", {n: [lambda _n=n, **facts: heard.append(_n)] for n in names})
    claim = ClaimFactory()
    rival = ClaimFactory(group=claim.group)
    group = claims.accept(actor=site, claim=claim, at=at)
    group.refresh_from_db()
    assert (group.state, group.member_count) == (Group.State.ACTIVE, 1)
    assert list(Membership.objects.live().values_list("member", "role")) == [(claim.member_id, "organiser")]
    assert heard == ["founded", "joined", "role_changed"]
    assert list(LogEntry.objects.values_list("kind", "actor")) == [("group.claimed", site.pk)]
    rival.refresh_from_db()
    assert (rival.state, rival.answer) == ("declined", claims.TAKEN)
    told = Notice.objects.order_by("id").values_list("recipient", "kind")
    assert list(told) == [
        (claim.member_id, "community.claim_settled"),
        (rival.member_id, "community.claim_settled"),
    ]


def test_a_tie_bars_the_claimant(site: Member, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_bars", [lambda member, group: "Works for Acme."])
    claim = ClaimFactory()
    with pytest.raises(NotAllowed, match="Acme"):
        claims.accept(actor=site, claim=claim, at=at)
    claim.group.refresh_from_db()
    assert (Claim.objects.get().state, claim.group.state) == ("waiting", "listed")


def test_only_the_site_s_moderators_settle(at: datetime, member: Member) -> None:
    claim = ClaimFactory()
    for verb in (
        lambda: claims.accept(actor=member, claim=claim, at=at),
        lambda: claims.decline(actor=member, claim=claim, reason="No", at=at),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert Claim.objects.get().state == "waiting"


def test_a_settled_claim_stays_settled(site: Member, at: datetime) -> None:
    claim = ClaimFactory()
    claims.decline(actor=site, claim=claim, reason="No.", at=at)
    with pytest.raises(claims.Settled, match="declined already"):
        claims.accept(actor=site, claim=claim, at=at)


def test_the_site_hears_of_a_claim_once(site: Member, at: datetime, member: Member) -> None:
    group = ClaimFactory(state="declined").group
    for _ in range(2):
        claims.claim(member=member, group=group, evidence="Me.", at=at)
    assert list(Notice.objects.values_list("recipient", "kind")) == [(site.pk, "community.claimed")]


def test_a_departed_member_s_claims_go(db: None, at: datetime) -> None:
    claim, other = ClaimFactory(), ClaimFactory()
    claims.forget(member=claim.member, at=at)
    assert list(Claim.objects.all()) == [other]
