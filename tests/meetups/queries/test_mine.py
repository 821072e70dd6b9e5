"""One statement for what three say."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from community.models import Group, Member
from community.policies.groups import role_of
from meetups.models import Meetup, Rsvp, StandingRsvp
from meetups.queries import mine
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.meetups import MeetupFactory, RsvpFactory, SeriesFactory

pytestmark = pytest.mark.django_db
WHO: dict[str, Callable[[Group], Member]] = {
    "stranger": lambda group: MemberFactory(),
    "member": lambda group: MembershipFactory(group=group).member,
    "moderator": lambda group: MembershipFactory(group=group, role="moderator").member,
    "organiser": lambda group: OrganiserFactory(group=group).member,
    "organiser elsewhere": lambda group: OrganiserFactory().member,
    "left": lambda group: MembershipFactory(group=group, ends_on=date(2030, 1, 1)).member,
}


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group, series=SeriesFactory(group=group))


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("state", [None, "going", "declined"])
@pytest.mark.parametrize("stands", [False, True])
def test_it_says_what_the_rows_say(
    meetup: Meetup, who: str, state: str | None, stands: bool, at: datetime, django_assert_num_queries: Any
) -> None:
    member = WHO[who](meetup.group)
    # What others answered, to this date and to every date, is not theirs.
    RsvpFactory(meetup=meetup)
    StandingRsvp.objects.create(series=meetup.series, member=MemberFactory(), created_at=at)
    if state:
        RsvpFactory(meetup=meetup, member=member, state=state)
    if stands:
        StandingRsvp.objects.create(series=meetup.series, member=member, created_at=at)
    with django_assert_num_queries(1):
        found = mine.of(meetup, member)
    assert (found.role, found.stands) == (role_of(member, meetup.group), stands)
    assert found.answer == Rsvp.objects.filter(meetup=meetup, member=member).first()
    if found.answer:
        written = Rsvp.objects.get(pk=found.answer.pk)
        fields = [each.attname for each in Rsvp._meta.concrete_fields]
        assert [getattr(found.answer, name) for name in fields] == [getattr(written, name) for name in fields]


def test_an_evening_of_no_series_is_nobodys_every_date(group: Group, at: datetime) -> None:
    member = MemberFactory()
    StandingRsvp.objects.create(series=SeriesFactory(group=group), member=member, created_at=at)
    assert mine.of(MeetupFactory(group=group, series=None), member) == mine.Mine("", None, stands=False)
