"""Who speaks for a vendor, who judges it: by table."""

from datetime import date

import pytest

from sponsors.policies import events, ties
from sponsors.policies.desk import desk
from sponsors.policies.ledger import may_record
from sponsors.policies.sponsorships import may_end, may_propose
from tests.factories.community import AffiliationFactory, GroupFactory, MemberFactory, OrganiserFactory
from tests.factories.sponsors import (
    ProposalFactory,
    PublishedEventFactory,
    RepresentativeFactory,
    SponsorshipFactory,
    VendorEventFactory,
)

PEOPLE = ["nobody", "member", "joined", "organiser", "insider", "colleague", "rep", "neighbour", "staff"]


@pytest.fixture
def people(member, joined, organiser, insider, colleague, rep, neighbour):
    return {
        "nobody": None,
        "member": member,
        "joined": joined,
        "organiser": organiser,
        "insider": insider,
        "colleague": colleague,
        "rep": rep,
        "neighbour": neighbour,
        "staff": MemberFactory(is_staff=True, is_superuser=True),
    }


def test_who_may_what(people, group, acme, at) -> None:
    running = SponsorshipFactory(organisation=acme, group=GroupFactory())
    waiting, published = (make(organisation=acme, group=group) for make in (VendorEventFactory, PublishedEventFactory))
    questions = {
        "speak for Acme": lambda who: ties.may_speak_for(who, acme, at),
        "confirm others": lambda who: ties.may_confirm(who, acme, at),
        "judge Acme": lambda who: ties.may_judge(who, group, acme, at),
        "offer": lambda who: may_propose(who, acme, group, at),
        "write an event": lambda who: events.may_write(who, acme, group, at),
        "change an event": lambda who: events.may_change(who, waiting, at),
        "settle an event": lambda who: events.may_settle(who, waiting, at),
        "see it waiting": lambda who: events.may_see(who, waiting, at),
        "see it published": lambda who: events.may_see(who, published, at),
        "book Acme's gift": lambda who: may_record(who, group, acme, at),
        "book a member's gift": lambda who: may_record(who, group, None, at),
        "end it elsewhere": lambda who: may_end(who, running, at),
    }
    answers = {what: {name for name in PEOPLE if ask(people[name])} for what, ask in questions.items()}
    assert answers == {
        "speak for Acme": {"rep"},
        "confirm others": {"rep", "staff"},
        "judge Acme": {"organiser"},
        "offer": {"rep"},
        "write an event": {"rep"},
        "change an event": {"rep"},
        "settle an event": {"organiser"},
        "see it waiting": {"organiser", "rep"},
        "see it published": set(PEOPLE),
        "book Acme's gift": {"organiser"},
        "book a member's gift": {"organiser", "insider"},
        "end it elsewhere": {"rep"},
    }


@pytest.mark.parametrize(
    ("tie", "speaks", "judges"),
    [
        ({}, True, False),
        ({"represents_since": None}, False, False),
        ({"ends_on": date(2026, 12, 1)}, False, True),
        ({"ends_on": date(2026, 12, 2)}, True, False),
        ({"starts_on": date(2027, 1, 1)}, False, False),
        ({"kind": "speaker"}, True, False),
    ],
)
def test_a_tie_counts_in_its_days_and_bars_from_judging_in_advance(group, acme, at, tie, speaks, judges) -> None:
    who = RepresentativeFactory(organisation=acme, **tie).member
    OrganiserFactory(group=group, member=who)
    assert bool(ties.may_speak_for(who, acme, at)) is speaks
    assert bool(ties.may_judge(who, group, acme, at)) is judges
    where = desk(who, group, at.date())
    offer = ProposalFactory(organisation=acme, group=group)
    assert (where.may_speak_for(offer), where.may_settle(offer)) == (speaks, judges)


@pytest.mark.parametrize("state", ["dormant", "listed", "archived"])
def test_a_group_that_does_not_live_here_is_left_alone(acme, rep, at, state) -> None:
    group = GroupFactory(state=state)
    assert not may_propose(rep, acme, group, at)
    assert not events.may_write(rep, acme, group, at)


def test_who_is_silenced_there_writes_nothing_for_a_vendor_there(group, acme, rep, at) -> None:
    from community.models import Sanction

    Sanction.objects.create(member=rep, group=group, kind="silence", reason="Pitching", starts_at=at)
    assert not may_propose(rep, acme, group, at)
    assert not events.may_write(rep, acme, group, at)
    assert may_propose(rep, acme, GroupFactory(), at)


def test_the_desk_of_a_visitor_costs_nothing(group, at, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        where = desk(None, group, at.date())
    assert (where.organises, where.sees_waiting) == (False, False)


def test_the_desk_agrees_with_the_policies(people, group, acme, at, django_assert_num_queries) -> None:
    AffiliationFactory(organisation=acme)
    offer = ProposalFactory(organisation=acme, group=group)
    for who in people.values():
        with django_assert_num_queries(2 if who else 0):
            where = desk(who, group, at.date())
        assert where.may_settle(offer) is bool(ties.may_judge(who, group, acme, at))
        assert where.may_speak_for(offer) is bool(ties.may_speak_for(who, acme, at))
