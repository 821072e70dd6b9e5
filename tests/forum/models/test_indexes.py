"""What every post writes has no index that says what another one begins with."""

import pytest
from django.db import connection

from forum.models import Post, Reading, Tally, Topic
from notifications.models import Notice

MODELS = (Post, Topic, Reading, Tally, Notice)


def repeated(indexes: dict[str, tuple[list[str], bool, bool]]) -> set[str]:
    """Those that are the beginning of another one; `indexes` by name: columns, is it a rule, is it of some rows only."""
    return {
        name
        for name, (columns, is_rule, is_partial) in indexes.items()
        for other, (longer, _, is_other_partial) in indexes.items()
        if name != other and columns == longer[: len(columns)] and not (is_rule or is_partial or is_other_partial)
    }


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_no_index_repeats_another(model):
    partial = {each.name for each in model._meta.indexes if each.condition}
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    indexes = {
        name: (each["columns"], each["unique"] or each["primary_key"], name in partial)
        for name, each in found.items()
        if (each["index"] or each["unique"] or each["primary_key"]) and each["columns"]
    }
    assert not repeated(indexes)


def test_an_index_that_repeats_another_is_noticed():
    both = {"of_topic": (["topic_id"], False, False), "number_once": (["topic_id", "number"], True, False)}
    assert repeated(both) == {"of_topic"}
    assert not repeated({"shown": (["topic_id"], False, True), "number_once": (["topic_id", "number"], True, False)})
