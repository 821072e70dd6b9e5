"""A member has one live place in a group."""

import pytest
from django.db import IntegrityError

from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory


def test_two_live_places_in_one_group_are_refused(db: None) -> None:
    place = MembershipFactory(group=GroupFactory(), member=MemberFactory())
    with pytest.raises(IntegrityError):
        MembershipFactory(group=place.group, member=place.member)
