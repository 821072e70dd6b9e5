"""What counts as product time, and the word of two organisers."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from community import registry
from community.models import Affiliation, Group, Member, Organisation
from community.verdicts import NotAllowed
from meetups.actions import agenda, speakers
from meetups.actions.agenda import Facts
from meetups.actions.product_time import TooMuchProduct
from meetups.models import AgendaItem, Meetup, SlotConfirmation
from meetups.queries import product_time
from tests.factories.community import (
    AffiliationFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    OrganiserFactory,
)
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, TopicProposalFactory, VoteFactory
from tests.factories.sponsors import SponsorshipFactory

pytestmark = pytest.mark.usefixtures("now")
Kind = AgendaItem.Kind


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group)


@pytest.fixture
def acme(group: Group) -> Organisation:
    acme = OrganisationFactory(name="Acme")
    SponsorshipFactory(organisation=acme, group=group)
    return acme


@pytest.fixture
def vendors_own(acme: Organisation, group: Group) -> Member:
    member = MembershipFactory(group=group).member
    AffiliationFactory(member=member, organisation=acme)
    return member


def judged(meetup: Meetup) -> product_time.Agenda:
    return product_time.of(meetup)


@pytest.mark.parametrize("kind", Affiliation.Kind)
def test_a_sponsors_person_makes_product_time_whatever_the_tie(
    meetup: Meetup, acme: Organisation, group: Group, kind: str
) -> None:
    speaker = MembershipFactory(group=group).member
    AffiliationFactory(member=speaker, organisation=acme, kind=kind)
    AgendaItemFactory(meetup=meetup, speaker=speaker, minutes=15)
    found = judged(meetup)
    assert (found.slots[0].is_product, found.slots[0].named_sponsors, found.product_minutes, found.over) == (
        True,
        "Acme",
        15,
        5,
    )


@pytest.mark.parametrize(
    ("tie", "sponsors", "counts"),
    [
        ((date(2025, 1, 1), None), (date(2026, 1, 1), date(2027, 1, 1)), True),
        ((date(2025, 1, 1), date(2026, 12, 8)), (date(2026, 1, 1), date(2027, 1, 1)), False),
        ((date(2025, 1, 1), date(2026, 12, 9)), (date(2026, 1, 1), date(2027, 1, 1)), True),
        ((date(2026, 12, 9), None), (date(2026, 1, 1), date(2027, 1, 1)), False),
        ((date(2025, 1, 1), None), (date(2026, 1, 1), date(2026, 12, 8)), False),
        ((date(2025, 1, 1), None), (date(2026, 12, 8), date(2027, 1, 1)), True),
    ],
)
def test_on_the_day_of_the_evening(meetup: Meetup, group: Group, tie, sponsors, counts: bool) -> None:
    vendor, speaker = OrganisationFactory(), MemberFactory()
    AffiliationFactory(member=speaker, organisation=vendor, starts_on=tie[0], ends_on=tie[1])
    SponsorshipFactory(organisation=vendor, group=group, starts_on=sponsors[0], ends_on=sponsors[1])
    AgendaItemFactory(meetup=meetup, speaker=speaker)
    assert judged(meetup).slots[0].counts is counts


def test_a_tie_to_a_vendor_that_does_not_sponsor_this_group_is_none(meetup: Meetup, vendors_own: Member) -> None:
    speaker = AffiliationFactory(organisation=OrganisationFactory()).member
    AgendaItemFactory(meetup=meetup, speaker=speaker)
    elsewhere = MeetupFactory()
    AgendaItemFactory(meetup=elsewhere, speaker=vendors_own)
    assert (judged(meetup).product_minutes, judged(elsewhere).product_minutes) == (0, 0)


def test_a_tie_declared_later_is_seen_at_once_and_heals_step_by_step(
    meetup: Meetup, organiser: Member, acme: Organisation, group: Group, at: datetime
) -> None:
    speaker = MembershipFactory(group=group).member
    item = AgendaItemFactory(meetup=meetup, speaker=speaker, minutes=30)
    agenda.publish(actor=organiser, meetup=meetup, at=at)
    AffiliationFactory(member=speaker, organisation=acme)
    assert judged(meetup).over == 20
    longer = Facts(title=item.title, minutes=31, kind=item.kind, speaker=speaker)
    with pytest.raises(TooMuchProduct, match="21 minutes"):
        agenda.amend(actor=organiser, item=item, facts=longer, at=at)
    meetup.refresh_from_db()
    assert meetup.agenda_published_at == at
    better = Facts(title=item.title, minutes=25, kind=item.kind, speaker=speaker)
    agenda.amend(actor=organiser, item=item, facts=better, at=at)
    meetup.refresh_from_db()
    assert meetup.agenda_published_at is None
    with pytest.raises(TooMuchProduct, match="15 minutes"):
        agenda.publish(actor=organiser, meetup=meetup, at=at)


def test_a_sponsors_person_cannot_push_a_published_agenda_over(
    meetup: Meetup, organiser: Member, vendors_own: Member, at: datetime
) -> None:
    item = AgendaItemFactory(meetup=meetup, minutes=20)
    short = AgendaItemFactory(meetup=meetup, minutes=10)
    agenda.publish(actor=organiser, meetup=meetup, at=at)
    with pytest.raises(TooMuchProduct, match="10 minutes too much"):
        speakers.claim(member=vendors_own, item=item, at=at)
    speakers.claim(member=vendors_own, item=short, at=at)
    assert [slot.is_product for slot in judged(meetup).slots] == [False, True]


class TestExperts:
    """Whom a vendor pays for."""

    @pytest.fixture
    def item(self, meetup: Meetup, acme: Organisation, group: Group) -> AgendaItem:
        topic = TopicProposalFactory(group=group)
        return AgendaItemFactory(
            meetup=meetup, kind=Kind.EXPERT, organisation=acme, proposal=topic, speaker_name="Helen Marsh", minutes=40
        )

    def test_on_what_nobody_asked_for_counts(self, meetup: Meetup, item: AgendaItem) -> None:
        assert (judged(meetup).slots[0].is_unasked, judged(meetup).over) == (True, 30)

    @pytest.mark.parametrize(
        ("voter", "counts"), [("member", False), ("author", True), ("vendor", True), ("departed", True)]
    )
    def test_on_what_members_voted_for_is_welcome(
        self, meetup: Meetup, item: AgendaItem, vendors_own: Member, voter: str, counts: bool
    ) -> None:
        topic = item.proposal
        assert topic is not None
        who = {"member": MemberFactory(), "author": topic.author, "vendor": vendors_own, "departed": None}[voter]
        VoteFactory(proposal=topic, member=who)
        slot = judged(meetup).slots[0]
        assert (slot.counts, slot.is_product) == (counts, False)

    def test_whom_nobody_pays_is_free(self, meetup: Meetup) -> None:
        AgendaItemFactory(meetup=meetup, kind=Kind.EXPERT, speaker_name="Helen Marsh", minutes=60)
        assert judged(meetup).product_minutes == 0

    def test_a_slot_of_ones_own_was_not_asked_for(self, meetup: Meetup, acme: Organisation) -> None:
        AgendaItemFactory(meetup=meetup, kind=Kind.EXPERT, organisation=acme)
        assert judged(meetup).slots[0].is_unasked


class TestTheWordOfTwo:
    """Organisers without a tie, on the record."""

    @pytest.fixture
    def item(self, meetup: Meetup, vendors_own: Member) -> AgendaItem:
        return AgendaItemFactory(meetup=meetup, speaker=vendors_own, minutes=30, title="Leaving my first job")

    @pytest.fixture
    def second(self, group: Group) -> Member:
        return OrganiserFactory(group=group).member

    def confirm(self, actor: Member, item: AgendaItem, at: datetime, reason: str = "About herself.") -> None:
        speakers.confirm(actor=actor, item=item, reason=reason, at=at)

    def test_two_make_it_free_and_the_log_says_so(
        self, meetup: Meetup, item: AgendaItem, organiser: Member, second: Member, at: datetime
    ) -> None:
        self.confirm(organiser, item, at)
        assert judged(meetup).slots[0].counts
        self.confirm(second, item, at)
        slot = judged(meetup).slots[0]
        assert (slot.counts, slot.is_confirmed, len(slot.confirmations)) == (False, True, 2)
        agenda.publish(actor=organiser, meetup=meetup, at=at)
        entries = list(meetup.group.log_entries.order_by("pk"))
        assert [entry.actor for entry in entries] == [organiser, second]
        assert entries[0].text == (
            "“Leaving my first job” is no product time, though its speaker has a tie to Acme. Why: About herself."
        )
        assert entries[0].data["member"] == item.speaker_id

    def test_one_twice_is_one(self, meetup: Meetup, item: AgendaItem, organiser: Member, at: datetime) -> None:
        for _ in range(2):
            self.confirm(organiser, item, at)
        assert (SlotConfirmation.objects.count(), judged(meetup).slots[0].counts) == (1, True)
        assert meetup.group.log_entries.count() == 1
        said = SlotConfirmation.objects.get()
        said.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            said.save(force_insert=True)

    @pytest.mark.parametrize("who", ["member", "moderator", "elsewhere", "tied"])
    def test_whose_word_does_not_count(
        self, item: AgendaItem, acme: Organisation, group: Group, second: Member, at: datetime, who: str
    ) -> None:
        actor = {
            "member": MembershipFactory(group=group).member,
            "moderator": MembershipFactory(group=group, role="moderator").member,
            "elsewhere": OrganiserFactory().member,
            "tied": second,
        }[who]
        if who == "tied":  # paid to speak: may govern, and has no say in this
            AffiliationFactory(member=second, organisation=acme, kind=Affiliation.Kind.SPEAKER)
        with pytest.raises(NotAllowed):
            self.confirm(actor, item, at)
        assert not SlotConfirmation.objects.exists()

    def test_nobody_confirms_their_own_slot(
        self, meetup: Meetup, acme: Organisation, second: Member, at: datetime
    ) -> None:
        AffiliationFactory(member=second, organisation=acme, kind=Affiliation.Kind.SPEAKER)
        mine = AgendaItemFactory(meetup=meetup, speaker=second)
        with pytest.raises(NotAllowed, match="your own slot"):
            self.confirm(second, mine, at)
        with pytest.raises(IntegrityError), transaction.atomic():
            SlotConfirmation.objects.create(
                item=mine, speaker=second, organisation=acme, organiser=second, title="x", reason="y", confirmed_at=at
            )

    def test_it_is_about_this_speaker_these_words_and_this_sponsor(
        self, meetup: Meetup, item: AgendaItem, organiser: Member, second: Member, group: Group, at: datetime
    ) -> None:
        for actor in (organiser, second):
            self.confirm(actor, item, at)
        for change in ({"title": "Acme in depth"}, {"title": "Leaving my first job"}):
            AgendaItem.objects.update(**change)
            assert judged(meetup).slots[0].counts is (change["title"] == "Acme in depth")
        other = OrganisationFactory(name="Bolt")
        SponsorshipFactory(organisation=other, group=group)
        AffiliationFactory(member=item.speaker, organisation=other)
        assert judged(meetup).slots[0].counts

    def test_a_word_of_someone_who_gets_a_tie_later_counts_no_more(
        self, meetup: Meetup, item: AgendaItem, acme: Organisation, organiser: Member, second: Member, at: datetime
    ) -> None:
        for actor in (organiser, second):
            self.confirm(actor, item, at)
        AffiliationFactory(member=second, organisation=acme, kind=Affiliation.Kind.SPEAKER)
        assert judged(meetup).slots[0].counts

    def test_nothing_to_confirm_without_a_tie_or_for_declared_product_time(
        self, meetup: Meetup, acme: Organisation, organiser: Member, vendors_own: Member, at: datetime
    ) -> None:
        for item in (
            AgendaItemFactory(meetup=meetup, speaker=MemberFactory()),
            AgendaItemFactory(meetup=meetup, speaker=vendors_own, kind=Kind.PRODUCT, organisation=acme),
            AgendaItemFactory(meetup=meetup),
        ):
            with pytest.raises(NotAllowed):
                self.confirm(organiser, item, at)

    def test_a_reason_is_asked_for(self, item: AgendaItem, organiser: Member, at: datetime) -> None:
        with pytest.raises(NotAllowed, match="Say why"):
            self.confirm(organiser, item, at, reason="  ")

    def test_the_download_holds_it(self, item: AgendaItem, organiser: Member, at: datetime) -> None:
        self.confirm(organiser, item, at)
        assert [row["reason"] for row in registry.exports(organiser)["slot_confirmations"]] == ["About herself."]


@pytest.mark.parametrize("count", [1, 3])
def test_what_it_costs(
    meetup: Meetup, group: Group, acme: Organisation, organiser: Member, at: datetime, django_assert_num_queries, count
) -> None:
    """Slots, ties, confirmations and the ties of who confirmed, votes and the ties of who voted, the rule."""
    for _ in range(count):
        speaker = MembershipFactory(group=group).member
        AffiliationFactory(member=speaker, organisation=acme)
        item = AgendaItemFactory(meetup=meetup, speaker=speaker)
        speakers.confirm(actor=organiser, item=item, reason="Yes.", at=at)
        topic = TopicProposalFactory(group=group)
        VoteFactory(proposal=topic)
        AgendaItemFactory(meetup=meetup, kind=Kind.EXPERT, organisation=acme, proposal=topic)
    fresh = Meetup.objects.select_related("group").get(pk=meetup.pk)
    with django_assert_num_queries(7):
        product_time.of(fresh)
