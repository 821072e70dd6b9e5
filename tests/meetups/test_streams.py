"""Who may listen to an evening."""

import pytest
from django.utils import timezone

from community.models import Group, Member
from live import registry
from tests.factories.community import OrganiserFactory
from tests.factories.meetups import MeetupFactory


@pytest.mark.parametrize(
    ("facts", "visitor", "in_the_group"),
    [
        ({}, True, True),
        ({"state": "cancelled"}, True, True),
        ({"hidden_at": timezone.now()}, False, False),
    ],
)
def test_whoever_sees_the_evening_hears_it(
    group: Group, joined: Member, facts: dict, visitor: bool, in_the_group: bool
) -> None:
    meetup, stream = MeetupFactory(group=group, **facts), registry.stream("meetup")
    assert stream is not None
    assert (stream.may_join(None, meetup.pk), stream.may_join(joined, meetup.pk)) == (visitor, in_the_group)
    assert stream.who_may_join is not None
    assert stream.who_may_join([joined], meetup.pk) == ({joined.pk} if in_the_group else set())


def test_a_draft_is_for_its_organisers(group: Group, joined: Member, organiser: Member) -> None:
    meetup, stream = MeetupFactory(group=group, state="draft"), registry.stream("meetup")
    assert stream is not None
    people = [None, joined, OrganiserFactory().member, organiser]
    assert [stream.may_join(who, meetup.pk) for who in people] == [False, False, False, True]
    assert not stream.may_join(organiser, meetup.pk + 1)
    assert stream.who_may_join is not None
    assert stream.who_may_join([joined, organiser], meetup.pk) == {organiser.pk}
