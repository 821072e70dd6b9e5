"""Slots: from topics, in their order, claimed and given back; published, and never over the cap."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from community import registry
from community.models import Group, Member
from community.verdicts import NotAllowed
from meetups.actions import agenda, meetups, product_time, proposals, speakers
from meetups.actions.agenda import Facts
from meetups.actions.details import Details
from meetups.actions.product_time import TooMuchProduct
from meetups.models import AgendaItem, Meetup, ProductRule, Proposal
from notifications.models import Notice
from tests.factories.community import MembershipFactory, OrganisationFactory, OrganiserFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, TopicProposalFactory, VoteFactory

pytestmark = pytest.mark.usefixtures("now")
Kind, State = AgendaItem.Kind, Proposal.State
Add = Callable[..., AgendaItem]


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group)


@pytest.fixture
def add(meetup: Meetup, organiser: Member, at: datetime) -> Add:
    def make(title: str = "Slot", minutes: int = 20, kind: str = "peer", **more: Any) -> AgendaItem:
        if kind == Kind.PRODUCT:
            more.setdefault("organisation", OrganisationFactory())
        return agenda.add(actor=organiser, meetup=meetup, title=title, minutes=minutes, kind=kind, at=at, **more)

    return make


def facts(item: AgendaItem, **other: Any) -> Facts:
    kept = {name: getattr(item, name) for name in ("title", "minutes", "kind", "speaker", "organisation", "subject")}
    return Facts(**kept | other)


def details(meetup: Meetup, **other: Any) -> Details:
    names = ("title", "starts_at", "ends_at", "time_zone")
    return Details(**{name: getattr(meetup, name) for name in names} | other)


def titles(meetup: Meetup) -> list[str]:
    return list(meetup.agenda_items.order_by("position").values_list("title", flat=True))


@pytest.mark.parametrize(("length", "cap"), [(30, 6), (49, 9), (50, 10), (120, 10), (180, 10)])
def test_the_cap_is_ten_minutes_and_a_fifth_at_most(length: int, cap: int) -> None:
    assert ProductRule().cap(timedelta(minutes=length)) == cap


@pytest.mark.parametrize(
    ("length", "minutes", "over"), [(120, 10, 0), (120, 11, 1), (120, 16, 6), (30, 6, 0), (30, 7, 1)]
)
def test_an_agenda_over_the_cap_is_not_published_and_says_by_how_much(
    meetup: Meetup, organiser: Member, add: Add, at: datetime, length: int, minutes: int, over: int
) -> None:
    Meetup.objects.update(ends_at=meetup.starts_at + timedelta(minutes=length))
    add("Acme", minutes, Kind.PRODUCT)
    if over:
        with pytest.raises(TooMuchProduct, match=f"That is {over} minutes? too much product time"):
            agenda.publish(actor=organiser, meetup=meetup, at=at)
    else:
        agenda.publish(actor=organiser, meetup=meetup, at=at)
    meetup.refresh_from_db()
    assert meetup.agenda_published_at == (None if over else at)


def test_what_is_published_never_goes_over_by_any_edit(
    meetup: Meetup, organiser: Member, add: Add, at: datetime
) -> None:
    acme, talk = add("Acme", 6, Kind.PRODUCT), add("Talk", 30)
    agenda.publish(actor=organiser, meetup=meetup, at=at)
    vendor = acme.organisation
    add("Acme again", 4, Kind.PRODUCT)
    for change in (
        lambda: add("More", 1, Kind.PRODUCT),
        lambda: agenda.amend(actor=organiser, item=acme, facts=facts(acme, minutes=7), at=at),
        lambda: agenda.amend(
            actor=organiser, item=talk, facts=facts(talk, kind=Kind.PRODUCT, organisation=vendor), at=at
        ),
        lambda: agenda.amend(
            actor=organiser, item=talk, facts=facts(talk, kind=Kind.EXPERT, organisation=vendor), at=at
        ),
    ):
        with pytest.raises(TooMuchProduct):
            change()
    meetup.refresh_from_db()
    assert (titles(meetup), meetup.product_minutes, meetup.agenda_published_at) == (
        ["Acme", "Talk", "Acme again"],
        10,
        at,
    )
    agenda.amend(actor=organiser, item=acme, facts=facts(acme, minutes=5), at=at)
    add("One more", 1, Kind.PRODUCT)


def test_a_shorter_evening_makes_a_draft_of_an_agenda_that_is_over(
    meetup: Meetup, organiser: Member, add: Add, at: datetime
) -> None:
    add("Acme", 10, Kind.PRODUCT)
    agenda.publish(actor=organiser, meetup=meetup, at=at)
    for minutes, still in ((60, True), (45, False)):
        end = meetup.starts_at + timedelta(minutes=minutes)
        meetups.amend(actor=organiser, meetup=meetup, details=details(meetup, ends_at=end), at=at)
        meetup.refresh_from_db()
        assert bool(meetup.agenda_published_at) is still
    with pytest.raises(TooMuchProduct, match="1 minute too much"):
        agenda.publish(actor=organiser, meetup=meetup, at=at)


def test_the_database_holds_the_cap_too(meetup: Meetup, at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Meetup.objects.update(agenda_published_at=at, product_minutes=11, product_cap=10)
    for rule in ({"minutes": 31}, {"percent": 21}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProductRule.objects.create(group=meetup.group, **rule)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItemFactory(meetup=meetup, kind=Kind.PEER, organisation=OrganisationFactory())
    topic = TopicProposalFactory(group=meetup.group)
    AgendaItemFactory(meetup=meetup, proposal=topic)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItemFactory(meetup=meetup, proposal=topic)


def test_a_group_sets_its_own_numbers_on_the_record(
    meetup: Meetup, organiser: Member, joined: Member, add: Add, at: datetime
) -> None:
    add("Acme", 8, Kind.PRODUCT)
    agenda.publish(actor=organiser, meetup=meetup, at=at)
    with pytest.raises(NotAllowed):
        product_time.set_rule(actor=joined, group=meetup.group, minutes=30, percent=20, at=at)
    product_time.set_rule(actor=organiser, group=meetup.group, minutes=7, percent=20, at=at)
    meetup.refresh_from_db()
    assert (meetup.agenda_published_at, meetup.product_cap) == (None, 7)
    assert meetup.group.log_entries.get().text.startswith("Product time of an evening is 7 minutes at most")


def test_nothing_is_no_agenda_and_twice_is_once(meetup: Meetup, organiser: Member, add: Add, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="nothing on the agenda"):
        agenda.publish(actor=organiser, meetup=meetup, at=at)
    add()
    for minutes in (0, 5):
        agenda.publish(actor=organiser, meetup=meetup, at=at + timedelta(minutes=minutes))
    meetup.refresh_from_db()
    assert meetup.agenda_published_at == at


def test_a_topic_becomes_a_slot_once_and_its_proposer_is_told(
    meetup: Meetup, organiser: Member, joined: Member, at: datetime
) -> None:
    topic = TopicProposalFactory(group=meetup.group, title="Late payers", author=joined)
    made = [agenda.take(actor=organiser, meetup=meetup, proposal=topic, minutes=25, at=at) for _ in range(2)]
    assert made[0] == made[1]
    assert (made[0].title, made[0].minutes, made[0].subject) == ("Late payers", 25, topic.subject)
    assert list(Notice.objects.values_list("recipient", "kind")) == [(joined.pk, "meetups.slotted")]
    other = MeetupFactory(group=meetup.group, starts_at=meetup.starts_at + timedelta(days=28))
    with pytest.raises(NotAllowed, match="not waiting any more"):
        agenda.take(actor=organiser, meetup=other, proposal=topic, at=at)


def test_votes_stand_from_the_moment_the_agenda_is_out(
    meetup: Meetup, organiser: Member, joined: Member, at: datetime
) -> None:
    topic, later = (TopicProposalFactory(group=meetup.group) for _ in range(2))
    agenda.take(actor=organiser, meetup=meetup, proposal=topic, at=at)
    for is_on in (True, False, True):
        proposals.vote(member=joined, proposal=topic, is_on=is_on, at=at)
    agenda.publish(actor=organiser, meetup=meetup, at=at)
    agenda.take(actor=organiser, meetup=meetup, proposal=later, at=at)
    for each in (topic, later):
        with pytest.raises(NotAllowed, match="the votes stand"):
            proposals.vote(member=joined, proposal=each, is_on=False, at=at)
    assert topic.votes.count() == 1


@pytest.mark.parametrize("way", ["removed", "cancelled"])
def test_a_topic_that_no_evening_has_waits_again(
    meetup: Meetup, organiser: Member, joined: Member, at: datetime, way: str
) -> None:
    topic = TopicProposalFactory(group=meetup.group)
    item = agenda.take(actor=organiser, meetup=meetup, proposal=topic, at=at)
    agenda.publish(actor=organiser, meetup=meetup, at=at)
    if way == "removed":
        agenda.remove(actor=organiser, item=item, at=at)
    else:
        meetups.cancel(actor=organiser, meetup=meetup, why="Flood", at=at)
    topic.refresh_from_db()
    assert (topic.state, topic.votes_closed_at) == (State.OPEN, None)
    proposals.vote(member=joined, proposal=topic, is_on=True, at=at)


def test_topics_of_another_group_stay_there(meetup: Meetup, organiser: Member, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        agenda.take(actor=organiser, meetup=meetup, proposal=TopicProposalFactory(), at=at)
    assert titles(meetup) == []


def test_slots_are_put_in_order(meetup: Meetup, organiser: Member, add: Add, at: datetime) -> None:
    first, second, third = (add(title) for title in ("One", "Two", "Three"))
    agenda.arrange(actor=organiser, meetup=meetup, order=[third.pk, first.pk, 0], at=at)
    assert titles(meetup) == ["Three", "One", "Two"]
    assert list(meetup.agenda_items.order_by("position").values_list("position", flat=True)) == [1, 2, 3]
    agenda.move(actor=organiser, item=second, steps=-2, at=at)
    assert titles(meetup) == ["Two", "Three", "One"]


class TestSpeakers:
    """Claimed, given back, put down."""

    def test_the_first_has_it_and_twice_is_once(
        self, meetup: Meetup, organiser: Member, joined: Member, add: Add, at: datetime
    ) -> None:
        item, late = add("Getting paid"), MembershipFactory(group=meetup.group).member
        for _ in range(2):
            speakers.claim(member=joined, item=item, at=at)
        with pytest.raises(NotAllowed, match=f"{joined.shown_name} has this slot already"):
            speakers.claim(member=late, item=item, at=at)
        item.refresh_from_db()
        assert item.speaker == joined
        assert list(Notice.objects.values_list("recipient", "kind")) == [(organiser.pk, "meetups.claimed")]

    def test_given_back_somebody_else_may_have_it(self, meetup: Meetup, joined: Member, add: Add, at: datetime) -> None:
        item, other = add(), MembershipFactory(group=meetup.group).member
        speakers.claim(member=joined, item=item, at=at)
        speakers.give_back(member=other, item=item, at=at)
        item.refresh_from_db()
        assert item.speaker == joined
        for _ in range(2):
            speakers.give_back(member=joined, item=item, at=at)
        speakers.claim(member=other, item=item, at=at)
        with pytest.raises(NotAllowed, match="has begun"):
            speakers.give_back(member=other, item=item, at=meetup.starts_at)

    @pytest.mark.parametrize("slot", ["break", "expert", "named", "product"])
    def test_slots_that_are_not_free(self, joined: Member, add: Add, at: datetime, slot: str) -> None:
        item = add(kind="peer" if slot == "named" else slot, speaker_name="Helen Marsh" if slot == "named" else "")
        with pytest.raises(NotAllowed):
            speakers.claim(member=joined, item=item, at=at)

    def test_outsiders_and_late_comers_do_not(self, member: Member, meetup: Meetup, joined: Member, add: Add) -> None:
        item = add()
        for who, moment in ((member, meetup.created_at), (joined, meetup.starts_at)):
            with pytest.raises(NotAllowed):
                speakers.claim(member=who, item=item, at=moment)

    def test_who_is_put_down_is_told_and_must_be_in_the_group(
        self, meetup: Meetup, organiser: Member, joined: Member, member: Member, add: Add, at: datetime
    ) -> None:
        item = add()
        with pytest.raises(NotAllowed, match="is not in"):
            agenda.amend(actor=organiser, item=item, facts=facts(item, speaker=member), at=at)
        agenda.amend(actor=organiser, item=item, facts=facts(item, speaker=joined, speaker_name="x"), at=at)
        item.refresh_from_db()
        assert (item.speaker, item.speaker_name) == (joined, "")
        assert list(Notice.objects.values_list("recipient", "kind")) == [(joined.pk, "meetups.speaking")]
        item.meetup.group.refresh_from_db()
        registry.announce("left", group=meetup.group, member=joined, at=at)
        item.refresh_from_db()
        assert item.speaker is None

    def test_a_download_holds_what_they_speak_about(self, joined: Member, add: Add, at: datetime) -> None:
        speakers.claim(member=joined, item=add("Late payers"), at=at)
        assert [row["title"] for row in registry.exports(joined)["agenda_slots"]] == ["Late payers"]


def test_a_copy_takes_the_agenda_along_as_a_draft(
    meetup: Meetup, organiser: Member, joined: Member, add: Add, at: datetime
) -> None:
    add("Acme", 10, Kind.PRODUCT)
    add("Talk", 30, speaker=joined)
    add("Lawyer", 30, Kind.EXPERT, speaker_name="Helen Marsh")
    topic = TopicProposalFactory(group=meetup.group)
    VoteFactory(proposal=topic)
    agenda.take(actor=organiser, meetup=meetup, proposal=topic, at=at)
    agenda.publish(actor=organiser, meetup=meetup, at=at)
    month = timedelta(days=28)
    later = details(meetup, starts_at=meetup.starts_at + month, ends_at=meetup.ends_at + month)
    twin = meetups.copy(actor=organiser, meetup=meetup, details=later, at=at)
    assert (titles(twin), twin.agenda_published_at) == (titles(meetup), None)
    assert list(twin.agenda_items.order_by("position").values_list("speaker", "speaker_name", "proposal")) == [
        (None, "", None),
        (None, "", None),
        (None, "Helen Marsh", None),
        (None, "", None),
    ]


def test_organisers_of_other_groups_have_no_say(meetup: Meetup, add: Add, at: datetime) -> None:
    other, item = OrganiserFactory().member, add()
    for change in (
        lambda: agenda.publish(actor=other, meetup=meetup, at=at),
        lambda: agenda.remove(actor=other, item=item, at=at),
        lambda: agenda.amend(actor=other, item=item, facts=facts(item, minutes=5), at=at),
        lambda: agenda.arrange(actor=other, meetup=meetup, order=[item.pk], at=at),
    ):
        with pytest.raises(NotAllowed):
            change()
    item.refresh_from_db()
    assert item.minutes == 20
