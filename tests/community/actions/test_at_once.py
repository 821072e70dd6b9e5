"""Several changes in one trip: all of them or none, and the key of what was inserted."""

import pytest
from django.db import IntegrityError, connection, transaction

from community.actions import at_once
from community.actions.at_once import Change
from community.models import Member
from community.models.block import Block
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db
NAME = "UPDATE community_member SET display_name = %s WHERE id = %s"
BLOCK = "INSERT INTO community_block (member_id, blocked_id, created_at) VALUES (%s, %s, %s)"


def test_all_are_made_in_one_trip(at, django_assert_num_queries):
    ada, ben = MemberFactory(), MemberFactory()
    with transaction.atomic(), django_assert_num_queries(1 if connection.vendor == "postgresql" else 2):
        key = at_once.insert(
            Change(BLOCK, [ada.pk, ben.pk, connection.ops.adapt_datetimefield_value(at)]), Change(NAME, ["Ada", ada.pk])
        )
    ada.refresh_from_db()
    assert (Block.objects.get().pk, ada.display_name) == (key, "Ada")


def test_none_is_made_where_one_cannot_be(at):
    ada, ben = MemberFactory(), MemberFactory(display_name="Ben")
    Block.objects.create(member=ada, blocked=ben, created_at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        at_once.insert(
            Change(BLOCK, [ada.pk, ben.pk, connection.ops.adapt_datetimefield_value(at)]),
            Change(NAME, ["Other", ben.pk]),
        )
    assert Member.objects.get(pk=ben.pk).display_name == "Ben"


def test_one_change_is_one_query(django_assert_num_queries):
    ada = MemberFactory()
    with django_assert_num_queries(1):
        at_once.run(Change(NAME, ["Ada", ada.pk]))
    assert Member.objects.get(pk=ada.pk).display_name == "Ada"
