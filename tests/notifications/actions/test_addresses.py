"""Addresses that mean something."""

from datetime import datetime

import pytest
from django.test import override_settings

from community.models import Member
from notifications.actions import addresses
from notifications.actions.addresses import hashed
from notifications.models import IncomingAddress

pytestmark = pytest.mark.django_db


def standing(member: Member, at: datetime, purpose: str = "tea", handler: str = "test.kept") -> str:
    return addresses.standing(handler=handler, purpose=purpose, data={"n": 1}, member=member, at=at)


def test_a_standing_address_is_the_same_each_time_and_kept_as_a_hash(member: Member, at: datetime) -> None:
    first = standing(member, at)
    assert standing(member, at) == first
    row = IncomingAddress.objects.get()
    token = first.partition("@")[0]
    assert (row.token_hash, row.member, row.data, row.handler) == (hashed(token), member, {"n": 1}, "test.kept")
    assert len(token) == 32


def test_another_purpose_handler_or_key_is_another_address(member: Member, at: datetime) -> None:
    found = {standing(member, at), standing(member, at, "milk"), standing(member, at, handler="test.other")}
    with override_settings(SECRET_KEY="another key"):
        found.add(standing(member, at))
    assert (len(found), IncomingAddress.objects.count()) == (4, 4)
