"""An evening before a moderator."""

from datetime import datetime

from community.models import Group, Member
from meetups.models import Meetup
from moderation import registry
from tests.factories.meetups import MeetupFactory


def test_found_hidden_and_restored(group: Group, organiser: Member, member: Member, at: datetime) -> None:
    meetup = MeetupFactory(group=group, title="Buy now", about="Buy.", planned_by=organiser)
    kind = registry.kind("meetup")
    assert kind is not None
    subject = kind.find(meetup.pk)
    assert subject is not None
    assert (subject.title, subject.author, subject.group, subject.is_hidden) == ("Buy now", organiser, group, False)
    assert kind.find(meetup.pk + 1) is None
    assert kind.visible_to(member, meetup.pk)
    for _ in range(2):
        kind.hide(meetup.pk, at)
    assert not kind.visible_to(member, meetup.pk)
    assert kind.find(meetup.pk).is_hidden
    kind.restore(meetup.pk, at)
    assert kind.visible_to(None, meetup.pk)
    assert Meetup.objects.get().hidden_at is None
