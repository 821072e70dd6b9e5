"""Who may write for an organisation."""

import pytest

from community.models import Affiliation
from community.registry import announce
from community.verdicts import NotAllowed
from notifications.models import Notice
from sponsors.actions import representatives
from tests.factories.community import AffiliationFactory, MemberFactory


@pytest.fixture
def tie(colleague, acme) -> Affiliation:
    return Affiliation.objects.get(member=colleague)


def test_a_representative_or_staff_confirms(tie, rep, at) -> None:
    for actor in (rep, MemberFactory(is_staff=True)):
        Affiliation.objects.filter(pk=tie.pk).update(represents_since=None)
        assert representatives.confirm(actor=actor, tie=tie, at=at).represents_since == at
    assert set(Notice.objects.values_list("recipient", "kind")) == {(tie.member_id, "sponsors.represents")}


def test_nobody_confirms_themselves(acme, tie, at) -> None:
    with pytest.raises(NotAllowed, match="Only confirmed representatives"):
        representatives.confirm(actor=tie.member, tie=tie, at=at)
    staff = AffiliationFactory(organisation=acme, member=MemberFactory(is_staff=True))
    with pytest.raises(NotAllowed, match="Nobody confirms themselves"):
        representatives.confirm(actor=staff.member, tie=staff, at=at)
    assert not Affiliation.objects.exclude(represents_since=None).exists()


def test_an_ended_tie_is_not_confirmed(tie, rep, at) -> None:
    Affiliation.objects.filter(pk=tie.pk).update(ends_on=at.date())
    with pytest.raises(representatives.NoTie):
        representatives.confirm(actor=rep, tie=tie, at=at)


def test_it_can_be_taken_back(acme, rep, tie, at) -> None:
    representatives.confirm(actor=rep, tie=tie, at=at)
    assert representatives.end(actor=rep, tie=tie, at=at).represents_since is None


def test_who_has_left_writes_for_nobody(rep, acme, at) -> None:
    announce("departed", member=rep, at=at)
    assert not Affiliation.objects.exclude(represents_since=None).exists()
