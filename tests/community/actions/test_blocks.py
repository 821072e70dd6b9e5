"""Blocking."""

from datetime import datetime

import pytest

from community.actions import blocks
from community.models import Block, Member
from community.queries import blocks as queries
from community.verdicts import NotAllowed
from tests.factories.community import MemberFactory


def test_block_and_unblock(member: Member, at: datetime) -> None:
    other, third = MemberFactory(), MemberFactory()
    blocks.block(member=member, other=other, at=at)
    blocks.block(member=member, other=other, at=at)
    blocks.block(member=third, other=member, at=at)
    assert queries.blocked_by(member) == {other.pk}
    assert queries.deaf_to(other) == {member.pk}
    assert queries.blocked_by(None) == set()
    blocks.unblock(member=member, other=other)
    assert list(Block.objects.values_list("member", "blocked")) == [(third.pk, member.pk)]


def test_not_oneself(member: Member, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="yourself"):
        blocks.block(member=member, other=member, at=at)
