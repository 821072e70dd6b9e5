"""A statement is written once for a shape, and answers each time for the values it is asked with."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q, QuerySet

from community.models import Member
from community.queries import written
from tests.factories.community import MemberFactory


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """Begins with nothing written; what was asked to be built."""
    monkeypatch.setattr(written, "_written", {})
    done: list[dict[str, Any]] = []
    yield done


def test_values_change_and_the_statement_is_written_once(
    db: None, at: datetime, built: list[dict[str, Any]], django_assert_num_queries: Any
) -> None:
    early, late = MemberFactory(joined_at=at - timedelta(days=2)), MemberFactory(joined_at=at)

    def build(pk: int, since: datetime) -> "QuerySet[Member]":
        built.append({"pk": pk, "since": since})
        return Member.objects.filter(Q(pk=pk) | Q(joined_at__gte=since)).order_by("pk")

    with django_assert_num_queries(3):
        assert written.ask("shape", build, pk=early.pk, since=at) == [early, late]
        assert written.ask("shape", build, pk=late.pk, since=at) == [late]
        assert written.ask("shape", build, pk=0, since=at + timedelta(seconds=1)) == []
    assert len(built) == 1
    assert early.pk not in built[0].values()
    assert at not in built[0].values()


def test_what_a_shape_says_besides_is_another_statement(db: None, built: list[dict[str, Any]]) -> None:
    one, two = MemberFactory(), MemberFactory(is_moderator=True)

    def build(pk: int | None, **_: Any) -> "QuerySet[Member]":
        built.append({"pk": pk})
        rows = Member.objects.order_by("pk")
        return rows.filter(pk=pk) if pk else rows

    assert written.ask("all or one", build, pk=None) == [one, two]
    assert written.ask("all or one", build, pk=two.pk) == [two]
    assert written.ask("all or one", build, pk=None) == [one, two]
    assert len(built) == 2


def test_a_moment_worked_out_of_a_value_is_refused(db: None, at: datetime, built: list[dict[str, Any]]) -> None:
    def build(since: datetime) -> "QuerySet[Member]":
        return Member.objects.filter(joined_at__gte=since - timedelta(days=1))

    for _ in range(2):
        with pytest.raises(ValueError, match="by itself"):
            written.ask("a day before", build, since=at)
    assert built == []
