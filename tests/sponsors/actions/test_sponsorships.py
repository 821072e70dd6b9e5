"""Offered, settled, ended."""

from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine

from community.models import LogEntry, Membership
from community.verdicts import NotAllowed
from notifications.models import Notice
from sponsors.actions import sponsorships
from sponsors.models import Sponsorship, guards
from tests.factories.community import AffiliationFactory, OrganiserFactory
from tests.factories.sponsors import (
    BenefitFactory,
    PackageFactory,
    ProposalFactory,
    RepresentativeFactory,
    SponsorshipFactory,
)

State = Sponsorship.State
TERMS = {
    "gives": "Pizza",
    "amount": Decimal(300),
    "currency": "GBP",
    "is_in_kind": False,
    "starts_on": date(2026, 12, 10),
    "ends_on": date(2027, 12, 10),
}


def told() -> list[tuple[int, str]]:
    return sorted(Notice.objects.filter(kind__startswith="sponsors.").values_list("recipient_id", "kind"))


def test_an_offer_waits_and_the_free_organisers_hear_of_it(group, organiser, insider, acme, rep, at) -> None:
    made = sponsorships.propose(actor=rep, organisation=acme, group=group, at=at, **TERMS)
    assert (made.state, made.proposed_by, made.benefits) == (State.PROPOSED, rep, [])
    assert told() == [(organiser.pk, "sponsors.proposed")]
    assert list(LogEntry.objects.values_list("kind", "actor")) == [("sponsorship.proposed", rep.pk)]
    group.refresh_from_db()
    assert group.tabs == []


def test_who_does_not_speak_for_it_offers_nothing(group, organiser, colleague, acme, at) -> None:
    other = RepresentativeFactory().member
    for actor in (organiser, colleague, other):
        with pytest.raises(NotAllowed, match="Only confirmed representatives of Acme"):
            sponsorships.propose(actor=actor, organisation=acme, group=group, at=at, **TERMS)
    assert not Sponsorship.objects.exists()


def test_a_second_offer_waits_for_the_first(group, acme, rep, at) -> None:
    sponsorships.propose(actor=rep, organisation=acme, group=group, at=at, **TERMS)
    with pytest.raises(sponsorships.ProposedAlready):
        sponsorships.propose(actor=rep, organisation=acme, group=group, at=at, **TERMS)
    assert Sponsorship.objects.count() == 1


@pytest.mark.parametrize(
    "days",
    [(date(2026, 12, 10), date(2026, 12, 10)), (date(2026, 1, 1), date(2026, 12, 1))],
    ids=["empty", "over"],
)
def test_days_that_cannot_be(group, acme, rep, at, days) -> None:
    with pytest.raises(sponsorships.WrongDays):
        sponsorships.propose(
            actor=rep, organisation=acme, group=group, at=at, **(TERMS | {"starts_on": days[0], "ends_on": days[1]})
        )


def test_accepting_copies_benefits_lights_the_tab_and_is_in_the_log(group, organiser, acme, rep, at) -> None:
    package = PackageFactory()
    BenefitFactory(package=package, title="A line on the page", position=2)
    BenefitFactory(package=package, title="Thanks on the evening", position=1)
    offer = ProposalFactory(
        organisation=acme, group=group, package=package, proposed_by=rep, starts_on=date(2026, 12, 10)
    )
    kept = sponsorships.accept(actor=organiser, sponsorship=offer, why="Welcome.", at=at)
    package.benefits.all().delete()
    kept.refresh_from_db()
    assert (kept.state, kept.settled_by, kept.settled_at) == (State.ACCEPTED, organiser, at)
    assert kept.benefits == ["Thanks on the evening", "A line on the page"]
    group.refresh_from_db()
    assert group.tabs == ["sponsors"]
    assert told() == [(rep.pk, "sponsors.settled")]
    entry = LogEntry.objects.get()
    assert (entry.kind, entry.actor, entry.group) == ("sponsorship.accepted", organiser, group)
    assert "Acme sponsors the group until 1 January 2027" in entry.text


def test_it_begins_today_at_the_earliest(group, organiser, acme, at) -> None:
    offer = ProposalFactory(organisation=acme, group=group, starts_on=date(2026, 1, 1))
    assert sponsorships.accept(actor=organiser, sponsorship=offer, at=at).starts_on == at.date()


def test_what_is_over_cannot_be_accepted(group, organiser, acme, at) -> None:
    offer = ProposalFactory(organisation=acme, group=group, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 1))
    with pytest.raises(sponsorships.WrongDays):
        sponsorships.accept(actor=organiser, sponsorship=offer, at=at)
    offer.refresh_from_db()
    assert offer.state == State.PROPOSED


def test_who_governs_and_works_there_steps_aside_in_the_same_moment(group, organiser, insider, acme, at) -> None:
    offer = ProposalFactory(organisation=acme, group=group)
    sponsorships.accept(actor=organiser, sponsorship=offer, at=at)
    place = Membership.objects.live().get(member=insider, group=group)
    assert (place.role, place.suspended_role) == ("member", "organiser")
    assert Membership.objects.live().get(member=organiser).role == "organiser"
    assert list(LogEntry.objects.order_by("pk").values_list("kind", flat=True)) == [
        "role.set_aside",
        "sponsorship.accepted",
    ]
    assert guards.breaches() == []


def test_a_tie_that_begins_in_its_days_counts_too(group, organiser, acme, at) -> None:
    soon = OrganiserFactory(group=group).member
    AffiliationFactory(member=soon, organisation=acme, starts_on=date(2027, 3, 1))
    later = OrganiserFactory(group=group).member
    AffiliationFactory(member=later, organisation=acme, starts_on=date(2030, 1, 1))
    offer = ProposalFactory(organisation=acme, group=group, ends_on=date(2028, 1, 1))
    sponsorships.accept(actor=organiser, sponsorship=offer, at=at)
    governing = Membership.objects.live().governing().filter(group=group)
    assert set(governing.values_list("member", flat=True)) == {organiser.pk, later.pk}


def test_who_has_a_tie_settles_nothing(group, organiser, insider, acme, rep, neighbour, at) -> None:
    offer = ProposalFactory(organisation=acme, group=group)
    with pytest.raises(NotAllowed, match="You have a tie to Acme"):
        sponsorships.accept(actor=insider, sponsorship=offer, at=at)
    for actor in (rep, neighbour):
        with pytest.raises(NotAllowed, match="Only the organisers"):
            sponsorships.accept(actor=actor, sponsorship=offer, at=at)
        with pytest.raises(NotAllowed):
            sponsorships.decline(actor=actor, sponsorship=offer, why="No", at=at)
    offer.refresh_from_db()
    assert offer.state == State.PROPOSED


def test_where_every_organiser_works_there_it_waits_and_nobody_is_left_alone(group, insider, acme, at) -> None:
    offer = ProposalFactory(organisation=acme, group=group)
    with pytest.raises(NotAllowed, match="ask the members for one first"):
        sponsorships.accept(actor=insider, sponsorship=offer, at=at)
    assert Membership.objects.live().get(member=insider).role == "organiser"


def test_settling_twice_is_refused(group, organiser, acme, rep, at) -> None:
    offer = ProposalFactory(organisation=acme, group=group)
    sponsorships.decline(actor=organiser, sponsorship=offer, why="Not now.", at=at)
    for again in (
        lambda: sponsorships.accept(actor=organiser, sponsorship=offer, at=at),
        lambda: sponsorships.withdraw(actor=rep, sponsorship=offer, at=at),
    ):
        with pytest.raises(sponsorships.Settled):
            again()
    offer.refresh_from_db()
    assert (offer.state, offer.settled_why) == (State.DECLINED, "Not now.")


def test_the_vendor_takes_its_offer_back(group, organiser, acme, rep, at) -> None:
    offer = ProposalFactory(organisation=acme, group=group)
    with pytest.raises(NotAllowed):
        sponsorships.withdraw(actor=organiser, sponsorship=offer, at=at)
    assert sponsorships.withdraw(actor=rep, sponsorship=offer, at=at).state == State.WITHDRAWN


@pytest.mark.parametrize("side", ["group", "vendor"])
def test_either_side_ends_it(side, group, organiser, acme, rep, at: datetime) -> None:
    running = SponsorshipFactory(organisation=acme, group=group, proposed_by=rep)
    actor = organiser if side == "group" else rep
    kept = sponsorships.end(actor=actor, sponsorship=running, why="It pitched.", at=at)
    assert (kept.ends_on, kept.ended_by, kept.ended_why) == (at.date(), actor, "It pitched.")
    assert not Sponsorship.objects.running(at.date()).exists()
    assert told() == [((rep if side == "group" else organiser).pk, "sponsors.ended")]
    with pytest.raises(sponsorships.Settled):
        sponsorships.end(actor=actor, sponsorship=running, why="Again", at=at)


def test_others_end_nothing(group, acme, insider, colleague, neighbour, at) -> None:
    running = SponsorshipFactory(organisation=acme, group=neighbour.memberships.get().group)
    for actor in (insider, colleague):
        with pytest.raises(NotAllowed):
            sponsorships.end(actor=actor, sponsorship=running, why="x", at=at)


def test_an_appointment_during_a_sponsorship_is_refused_in_words(group, organiser, colleague, acme, at) -> None:
    from community.actions import memberships

    SponsorshipFactory(organisation=acme, group=group)
    refused = pytest.raises(NotAllowed, match="They have a tie to Acme, which sponsors this group until 1 January 2027")
    with time_machine.travel(at, tick=False), refused:
        memberships.appoint(actor=organiser, member=colleague, group=group, role="moderator", at=at)
    assert Membership.objects.live().get(member=colleague).role == "member"
