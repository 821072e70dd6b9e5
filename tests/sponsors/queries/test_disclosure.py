"""What must be said beside a name."""

from datetime import date

import pytest
import time_machine

from community import registry
from community.registry import Label
from tests.factories.community import AffiliationFactory, MemberFactory, OrganisationFactory
from tests.factories.sponsors import ProposalFactory, SponsorshipFactory


@pytest.fixture(autouse=True)
def _today(at):
    with time_machine.travel(at, tick=False):
        yield


def test_works_for_a_sponsor_of_this_group(group, acme, colleague, member, django_assert_num_queries) -> None:
    SponsorshipFactory(group=group, organisation=acme)
    for _ in range(3):
        AffiliationFactory(organisation=acme)
    with django_assert_num_queries(1):
        found = registry.labels([colleague.pk, member.pk], group)
    assert found == {colleague.pk: Label("works for Acme, sponsor of this group", "Acme", is_sponsor=True)}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("employee", "works for Acme"),
        ("contractor", "works for Acme"),
        ("owner", "owns part of Acme"),
        ("speaker", "is paid to speak by Acme"),
    ],
)
def test_the_words(group, acme, kind, words) -> None:
    tie = AffiliationFactory(organisation=acme, kind=kind)
    SponsorshipFactory(organisation=acme)
    ProposalFactory(organisation=acme, group=group)
    SponsorshipFactory(organisation=acme, group=group, ends_on=date(2026, 12, 1))
    assert registry.labels([tie.member_id], group) == {tie.member_id: Label(words, "Acme", is_sponsor=False)}


def test_on_the_whole_site_any_group_counts(acme) -> None:
    tie = AffiliationFactory(organisation=acme)
    assert registry.labels([tie.member_id], None)[tie.member_id].text == "works for Acme"
    SponsorshipFactory(organisation=acme)
    assert registry.labels([tie.member_id], None)[tie.member_id] == Label(
        "works for Acme, a sponsor", "Acme", is_sponsor=True
    )


def test_an_ended_tie_is_not_said(acme, group, at) -> None:
    tie = AffiliationFactory(organisation=acme, ends_on=at.date())
    assert registry.labels([tie.member_id], group) == {}


def test_every_tie_is_named_the_sponsor_first(acme, group) -> None:
    member, beta = MemberFactory(), OrganisationFactory(name="Beta")
    AffiliationFactory(member=member, organisation=beta, starts_on=date(2020, 1, 1))
    AffiliationFactory(member=member, organisation=acme)
    SponsorshipFactory(organisation=acme, group=group)
    assert registry.labels([member.pk], group)[member.pk] == Label(
        "works for Acme, sponsor of this group; works for Beta", "Acme", is_sponsor=True
    )


def test_what_bars_from_office(acme, group, colleague, member) -> None:
    assert registry.bars_to_office(colleague, group) == ""
    SponsorshipFactory(organisation=acme)
    ProposalFactory(organisation=acme, group=group)
    SponsorshipFactory(organisation=acme, group=group, starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1))
    assert registry.bars_to_office(colleague, group) == ""
    SponsorshipFactory(organisation=acme, group=group, starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1))
    assert "They have a tie to Acme, which sponsors this group until 1 January 2028" in registry.bars_to_office(
        colleague, group
    )
    assert registry.bars_to_office(member, group) == ""


@pytest.mark.parametrize(
    ("tie", "is_barred"),
    [
        ({"ends_on": date(2027, 6, 1)}, True),
        ({"ends_on": date(2027, 1, 1)}, False),
        ({"starts_on": date(2028, 1, 1)}, False),
        ({"starts_on": date(2027, 12, 31)}, True),
        ({"kind": "speaker"}, False),
    ],
)
def test_only_ties_in_its_days_bar(acme, group, tie, is_barred) -> None:
    SponsorshipFactory(organisation=acme, group=group, starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1))
    member = AffiliationFactory(organisation=acme, **tie).member
    assert bool(registry.bars_to_office(member, group)) is is_barred


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_found"),
    [
        (date(2026, 6, 1), None, True),
        (date(2027, 1, 1), None, False),
        (date(2025, 1, 1), date(2026, 1, 1), False),
        (date(2025, 1, 1), date(2026, 1, 2), True),
        (date(2026, 6, 1), date(2026, 6, 1), False),
    ],
)
def test_groups_sponsored(acme, group, starts_on, ends_on, is_found) -> None:
    SponsorshipFactory(organisation=acme, group=group)
    SponsorshipFactory()
    ProposalFactory(organisation=acme)
    assert registry.groups_sponsored([acme.pk], starts_on, ends_on) == ({group.pk} if is_found else set())
