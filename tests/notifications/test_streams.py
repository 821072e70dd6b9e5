"""A member listens to their own inbox."""

from community.models import Member
from live import registry
from live.changes import changed
from tests.factories.community import MemberFactory
from tests.factories.notifications import NoticeFactory


def test_ones_own_and_nobody_elses(member: Member) -> None:
    stream = registry.stream("inbox")
    assert stream is not None
    assert stream.may_join(member, member.pk)
    assert not stream.may_join(MemberFactory(), member.pk)
    assert not stream.may_join(None, member.pk)


def test_a_page_asks_how_many_wait(member: Member) -> None:
    stream = registry.stream("inbox")
    assert stream is not None
    NoticeFactory.create_batch(2, recipient=member)
    changed("inbox")
    assert stream.frames["count"](member, member.pk, {}) == {"unread": 2}
    assert stream.frames["count"](member, member.pk + 1, {}) == {"unread": 0}
