"""What other pages ask."""

from datetime import datetime, timedelta

import pytest

from community.models import Group, Member
from meetups import queries
from tests.factories.meetups import SOON, MeetupFactory, RsvpFactory


def test_the_next_evening_of_a_member(group: Group, joined: Member, at: datetime) -> None:
    declined = MeetupFactory(group=group, starts_at=SOON - timedelta(days=3))
    RsvpFactory(meetup=declined, member=joined, state="declined")
    MeetupFactory(group=group, starts_at=SOON - timedelta(days=2), state="cancelled")
    MeetupFactory(starts_at=SOON - timedelta(days=1))
    of_the_group = MeetupFactory(group=group)
    found = queries.next_for(joined, at)
    assert found is not None
    assert (found.meetup, found.state, found.in_words) == (of_the_group, "", "")
    elsewhere = MeetupFactory(starts_at=SOON - timedelta(hours=5), capacity=1)
    RsvpFactory(meetup=elsewhere, member=joined, state="waitlisted")
    found = queries.next_for(joined, at)
    assert found is not None
    assert (found.meetup, found.in_words) == (elsewhere, "You are 1st on the waiting list")


def test_nothing_ahead(member: Member, at: datetime) -> None:
    MeetupFactory()
    assert queries.next_for(member, at) is None


def test_of_a_group(group: Group, at: datetime) -> None:
    coming = [MeetupFactory(group=group, starts_at=SOON + timedelta(days=days)) for days in (0, 30, 60, 90)]
    past = [MeetupFactory(group=group, starts_at=at - timedelta(days=days)) for days in (5, 35)]
    MeetupFactory(group=group, state="cancelled")
    MeetupFactory()
    assert queries.upcoming_of(group, at) == coming[:3]
    assert queries.last_held(group, at) == past


@pytest.mark.parametrize("count", [1, 3])
def test_costs_are_constant(group: Group, joined: Member, at: datetime, count: int, django_assert_num_queries) -> None:
    for days in range(count):
        RsvpFactory(
            meetup=MeetupFactory(group=group, starts_at=SOON + timedelta(days=days)), member=joined, state="waitlisted"
        )
    with django_assert_num_queries(3):
        queries.next_for(joined, at)
    with django_assert_num_queries(1):
        queries.upcoming_of(group, at)
    with django_assert_num_queries(1):
        queries.last_held(group, at)
