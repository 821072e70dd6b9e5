"""Who came first has the lower number: turns are given in the order in which they were asked for.

An answer arrives when it asks for its turn. Each of these people is seen to wait before the next one comes.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection, transaction

from community.models import Group, Member
from meetups.actions import rsvps, seats
from meetups.models import Meetup, Rsvp
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory
from tests.factories.meetups import MeetupFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
State = Rsvp.State
LONGEST = 60


class Door:
    """People who come one after the other while somebody holds the door."""

    def __init__(self, pool: ThreadPoolExecutor, meetup: Meetup, at: datetime) -> None:
        self.pool, self.meetup, self.at = pool, meetup, at
        self.pids: list[int] = []
        self.inside: list[Future[Rsvp]] = []

    def come(self, member: Member) -> Future[Rsvp]:
        def answer() -> Rsvp:
            try:
                connection.ensure_connection()
                self.pids.append(connection.connection.info.backend_pid)
                return rsvps.answer(member=member, meetup=self.meetup, state=State.GOING, at=self.at)
            finally:
                connection.close()

        self.inside.append(self.pool.submit(answer))
        return self.inside[-1]

    def waiting(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = ANY(%s)", [self.pids])
            return cursor.fetchone()[0]

    def until(self, is_so: Callable[[], bool]) -> None:
        last = time.monotonic() + LONGEST
        while not is_so():
            assert time.monotonic() < last, "nobody came"
            time.sleep(0.01)


@pytest.fixture
def group() -> Group:
    return GroupFactory()


def test_the_queue_stands_in_the_order_in_which_people_came(group: Group, at: datetime) -> None:
    members = [MembershipFactory(group=group, member=MemberFactory()).member for _ in range(6)]
    meetup = MeetupFactory(group=group, capacity=1)
    with ThreadPoolExecutor(len(members)) as pool:
        door = Door(pool, meetup, at)
        with transaction.atomic():
            seats.take_turn(meetup.pk)
            for number, member in enumerate(reversed(members), start=1):
                door.come(member)
                door.until(lambda number=number: door.waiting() == number)
        came = [each.result(LONGEST) for each in door.inside]
    assert [each.member for each in came] == members[::-1]
    assert [each.queue_number for each in came] == [None, 1, 2, 3, 4, 5]


def reach_for_the_last_seat(group: Group, at: datetime, *, is_second_held_up: bool) -> list[str]:
    """Somebody new to the group comes first, and the group's row is held; a member comes second."""
    newcomer, member = MemberFactory(), MembershipFactory(group=group, member=MemberFactory()).member
    meetup = MeetupFactory(group=group, capacity=1)
    with ThreadPoolExecutor(2) as pool:
        door = Door(pool, meetup, at)
        with transaction.atomic():
            Group.objects.select_for_update().get(pk=group.pk)
            first = door.come(newcomer)
            door.until(lambda: door.waiting() == 1)
            second = door.come(member)
            door.until(lambda: door.waiting() == 2 if is_second_held_up else second.done())
        return [first.result(LONGEST).state, second.result(LONGEST).state]


def test_who_joins_the_group_on_the_way_keeps_their_turn(group: Group, at: datetime) -> None:
    assert reach_for_the_last_seat(group, at, is_second_held_up=True) == [State.GOING, State.WAITLISTED]


def test_control_without_turns_a_member_passes_them(
    group: Group, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seats, "take_turn", lambda meetup_id: None)
    assert reach_for_the_last_seat(group, at, is_second_held_up=False) == [State.WAITLISTED, State.GOING]
