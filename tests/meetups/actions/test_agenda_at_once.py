"""Many at the same moment: one vote each, one speaker, one recap, one topic of what was left, and never over the cap."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from community.models import Group, Member
from community.verdicts import NotAllowed
from forum.models import Post, Topic
from meetups.actions import agenda, points, proposals, recaps, seats, speakers
from meetups.actions.product_time import TooMuchProduct
from meetups.models import AgendaItem, Meetup, Proposal
from tests.factories.community import GroupFactory, MembershipFactory, OrganisationFactory, OrganiserFactory
from tests.factories.forum import TalkFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, PointFactory, TopicProposalFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
PEOPLE = 6
LONGEST = 60


@pytest.fixture
def group() -> Group:
    return GroupFactory()


@pytest.fixture
def meetup(group: Group, at: datetime) -> Meetup:
    meetup = MeetupFactory(group=group)
    AgendaItemFactory(meetup=meetup, kind="break")
    agenda.publish(actor=OrganiserFactory(group=group).member, meetup=meetup, at=at)
    return meetup


def rush(people: Sequence[Any], act: Callable[[Any], object]) -> list[object]:
    """All of them at once; answers what each got, refusals too."""
    start = Barrier(len(people))

    def reach(who: Any) -> object:
        try:
            start.wait(timeout=LONGEST)
            return act(who)
        except (NotAllowed, TooMuchProduct) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(reach, people))


def refused(got: list[object]) -> int:
    return sum(isinstance(each, NotAllowed | TooMuchProduct) for each in got)


def add_product(meetup: Meetup, organisers: list[Member], at: datetime) -> list[object]:
    acme = OrganisationFactory()

    def add(actor: Member) -> AgendaItem:
        return agenda.add(actor=actor, meetup=meetup, title="Acme", minutes=4, kind="product", organisation=acme, at=at)

    return rush(organisers, add)


def test_a_double_click_is_one_vote(group: Group, at: datetime) -> None:
    topic, member = TopicProposalFactory(group=group), MembershipFactory(group=group).member
    rush([member] * PEOPLE, lambda who: proposals.vote(member=who, proposal=topic, is_on=True, at=at))
    assert list(topic.votes.values_list("member", flat=True)) == [member.pk]


def test_a_slot_has_one_speaker(group: Group, meetup: Meetup, at: datetime) -> None:
    item = AgendaItemFactory(meetup=meetup)
    members = [MembershipFactory(group=group).member for _ in range(PEOPLE)]
    got = rush(members, lambda who: speakers.claim(member=who, item=item, at=at))
    item.refresh_from_db()
    assert (refused(got), item.speaker in members) == (PEOPLE - 1, True)


def test_what_is_published_stays_within_the_cap(group: Group, meetup: Meetup, at: datetime) -> None:
    organisers = [OrganiserFactory(group=group).member for _ in range(PEOPLE)]
    got = add_product(meetup, organisers, at)
    meetup.refresh_from_db()
    assert (refused(got), meetup.product_minutes, meetup.agenda_published_at) == (PEOPLE - 2, 8, at)
    assert meetup.agenda_items.filter(kind="product").count() == 2


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everyone has read the row before anyone writes it."""
    read = Barrier(PEOPLE)

    def unlocked(meetup_id: int) -> Meetup:
        found = Meetup.objects.select_related("group", "venue", "room").get(pk=meetup_id)
        read.wait(timeout=LONGEST)
        return found

    monkeypatch.setattr(seats, "locked", unlocked)
    yield
    AgendaItem.objects.all().delete()


def test_control_without_the_lock_it_goes_over(group: Group, meetup: Meetup, at: datetime, without_lock: None) -> None:
    organisers = [OrganiserFactory(group=group).member for _ in range(PEOPLE)]
    add_product(meetup, organisers, at)
    assert sum(meetup.agenda_items.filter(kind="product").values_list("minutes", flat=True)) > meetup.product_cap


def test_a_topic_is_taken_by_one_evening(group: Group, at: datetime) -> None:
    topic, organiser = TopicProposalFactory(group=group), OrganiserFactory(group=group).member
    evenings = [MeetupFactory(group=group) for _ in range(PEOPLE)]
    got = rush(evenings, lambda evening: agenda.take(actor=organiser, meetup=evening, proposal=topic, at=at))
    assert (refused(got), topic.slots.count()) == (PEOPLE - 1, 1)


def test_a_recap_is_one_post(group: Group, meetup: Meetup) -> None:
    TalkFactory(group=group)
    organisers = [OrganiserFactory(group=group).member for _ in range(PEOPLE)]
    at = meetup.ends_at + timedelta(hours=1)
    recaps.keep(actor=organisers[0], meetup=meetup, body="We met.", at=at)
    got = rush(organisers, lambda who: recaps.publish(actor=who, meetup=meetup, at=at))
    assert refused(got) == 0
    assert (Topic.objects.count(), Post.objects.filter(body="We met.").count()) == (1, 1)


def test_what_was_left_open_rolls_over_once(meetup: Meetup) -> None:
    for _ in range(3):
        PointFactory(meetup=meetup)
    moment = meetup.ends_at + points.GRACE
    got = rush([moment] * PEOPLE, points.roll_over)
    assert sum(each for each in got if isinstance(each, int)) == 3
    assert Proposal.objects.exclude(source=None).count() == 3
