"""Who may follow a room: asked of one, asked of many, and asked as rows, it is the same."""

from datetime import timedelta

import pytest

from chat.models import Room
from chat.policies.rooms import may_listen, may_see, who_may_listen
from community.models import Sanction
from tests.factories.chat import RoomFactory, SeatFactory
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory

pytestmark = pytest.mark.django_db


def test_asked_about_many_the_policy_says_what_it_says_of_each(at):
    room, seated = RoomFactory(is_main=True), RoomFactory(audience=Room.Audience.SEATED)
    group = room.group
    Room.objects.filter(pk=seated.pk).update(group=group)
    plain, left, silent, out, banned = (MembershipFactory(group=group).member for _ in range(5))
    runs, moderator, stranger = OrganiserFactory(group=group).member, MemberFactory(is_moderator=True), MemberFactory()
    everyone = [plain, left, silent, out, banned, runs, moderator, stranger]
    group.memberships.filter(member=left).update(ends_on=at.date())
    for who, where, kind in [
        (silent, group, Sanction.Kind.SILENCE),
        (out, group, Sanction.Kind.SUSPEND),
        (banned, None, Sanction.Kind.SUSPEND),
    ]:
        Sanction.objects.create(member=who, group=where, kind=kind, reason="So it is", starts_at=at - timedelta(days=1))
    SeatFactory(room=seated, member=stranger)
    SeatFactory(room=seated, member=plain, left_at=at)
    for where, may in [(room, {plain, silent, runs, moderator}), (seated, {stranger, runs, moderator})]:
        found = who_may_listen([each.pk for each in everyone], where.pk, at)
        assert found == {each.pk for each in may}
        assert found == {each.pk for each in everyone if may_listen(each, where.pk, at)}
        assert found == {each.pk for each in everyone if may_see(each, where) and each not in {out, banned}}
    assert who_may_listen([plain.pk], 0, at) == set()
    assert not may_listen(None, room.pk, at)
