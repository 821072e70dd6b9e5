"""Many reach for the last seat at the same moment: never sold twice with the lock, and sold twice without it.

The control without the lock also goes without the constraint behind it (`meetup_not_oversold`): only then does it show
that these people really meet in the same moment, and that the lock alone is what keeps them apart.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from community.models import Group, Member
from meetups.actions import rsvps, seats
from meetups.models import Meetup, Rsvp
from meetups.queries import counts
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory
from tests.factories.meetups import MeetupFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
State = Rsvp.State
PEOPLE = 6
LONGEST = 60
NOT_OVERSOLD = next(each for each in Meetup._meta.constraints if each.name == "meetup_not_oversold")


@pytest.fixture
def crowd() -> tuple[Group, list[Member]]:
    group = GroupFactory()
    return group, [MembershipFactory(group=group, member=MemberFactory()).member for _ in range(PEOPLE)]


@pytest.fixture
def without_constraint() -> Iterator[None]:
    """The table of this test's own database, for a moment without its last line of defence."""
    with connection.schema_editor() as editor:
        editor.remove_constraint(Meetup, NOT_OVERSOLD)
    yield
    Rsvp.objects.all().delete()
    Meetup.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Meetup, NOT_OVERSOLD)


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everyone has read the row before anyone writes it."""
    read = Barrier(PEOPLE)

    def unlocked(meetup_id: int) -> Meetup:
        meetup = Meetup.objects.select_related("group", "venue", "room").get(pk=meetup_id)
        read.wait(timeout=LONGEST)
        return meetup

    monkeypatch.setattr(seats, "locked", unlocked)
    monkeypatch.setattr(seats, "take_turn", lambda meetup_id: None)


def rush(members: list[Member], act: Callable[[Member], Rsvp]) -> list[Rsvp | IntegrityError]:
    """All of them at once; answers what each got."""
    start = Barrier(len(members))

    def reach(member: Member) -> Rsvp | IntegrityError:
        try:
            start.wait(timeout=LONGEST)
            return act(member)
        except IntegrityError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(members)) as pool:
        return list(pool.map(reach, members))


def going(meetup: Meetup) -> int:
    return meetup.rsvps.going().count()


def all_come(meetup: Meetup, members: list[Member], at: datetime) -> list[Rsvp | IntegrityError]:
    return rush(members, lambda member: rsvps.answer(member=member, meetup=meetup, state=State.GOING, at=at))


def test_with_the_lock_the_last_seat_is_sold_once(crowd: tuple[Group, list[Member]], at: datetime) -> None:
    group, members = crowd
    for _ in range(5):
        meetup = MeetupFactory(group=group, capacity=1)
        got = all_come(meetup, members, at)
        assert not [each for each in got if isinstance(each, IntegrityError)]
        assert going(meetup) == 1
        numbers = meetup.rsvps.waiting().values_list("queue_number", flat=True)
        assert list(numbers) == list(range(1, PEOPLE))
        meetup.refresh_from_db()
        assert counts.kept(meetup) == counts.counted(meetup.pk) == (1, 1, PEOPLE - 1, 0)


@pytest.mark.usefixtures("without_lock", "without_constraint")
def test_control_without_lock_and_constraint_it_oversells(crowd: tuple[Group, list[Member]], at: datetime) -> None:
    group, members = crowd
    meetup = MeetupFactory(group=group, capacity=1)
    all_come(meetup, members, at)
    assert going(meetup) == PEOPLE


@pytest.mark.usefixtures("without_lock")
def test_control_without_the_lock_the_constraint_stands(crowd: tuple[Group, list[Member]], at: datetime) -> None:
    group, members = crowd
    meetup = MeetupFactory(group=group, capacity=1)
    got = all_come(meetup, members, at)
    assert going(meetup) == 1
    assert sum(isinstance(each, IntegrityError) for each in got) == PEOPLE - 1


def test_a_seat_given_up_by_many_at_once_goes_round_once(crowd: tuple[Group, list[Member]], at: datetime) -> None:
    group, members = crowd
    meetup = MeetupFactory(group=group, capacity=PEOPLE // 2)
    for member in members:
        rsvps.answer(member=member, meetup=meetup, state=State.GOING, at=at)
    leaving = [rsvp.member for rsvp in meetup.rsvps.going().select_related("member")]
    rush(leaving, lambda member: rsvps.answer(member=member, meetup=meetup, state=State.DECLINED, at=at))
    meetup.refresh_from_db()
    assert counts.kept(meetup) == counts.counted(meetup.pk) == (PEOPLE // 2, PEOPLE // 2, 0, 0)
