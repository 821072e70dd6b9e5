"""A member listens to their own inbox."""

from community.models import Member
from live import registry
from tests.factories.community import MemberFactory


def test_ones_own_and_nobody_elses(member: Member) -> None:
    stream = registry.stream("inbox")
    assert stream is not None
    assert stream.may_join(member, member.pk)
    assert not stream.may_join(MemberFactory(), member.pk)
    assert not stream.may_join(None, member.pk)
