"""Which handles are free."""

import pytest

from community.queries import handles
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


def test_suggestions_cost_one_query(django_assert_num_queries) -> None:
    for handle in ["anna", "anna-2", "anna-4"]:
        MemberFactory(handle=handle)
    with django_assert_num_queries(1):
        assert handles.suggestions("Anna") == ["anna-3", "anna-5", "anna-6"]


def test_look_alikes_are_not_free() -> None:
    owner = MemberFactory(handle="modern")
    assert not handles.is_free("modem")
    assert handles.is_free("modem", besides=owner)
    assert handles.is_free("mode")
