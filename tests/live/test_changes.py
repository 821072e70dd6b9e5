"""What changed, and since when; told only after the commit."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from live import changes
from live.changes import Changes, changed


@pytest.mark.parametrize(
    ("noted", "asked", "is_changed"),
    [
        ([["topic:1"]], ["topic:1"], True),
        ([["topic:1"]], ["topic:2", "site"], False),
        ([["topic:2", "site"]], ["topic:1", "site"], True),
        ([], ["topic:1"], False),
    ],
)
def test_only_what_was_named_has_changed(noted, asked, is_changed):
    clock = Changes()
    clock.note(["topic:1", "topic:2", "site"])
    tick = clock.now
    for parts in noted:
        clock.note(parts)
    assert clock.since(tick, asked) is is_changed


def test_what_was_forgotten_counts_as_changed(monkeypatch):
    monkeypatch.setattr(changes, "MOST", 2)
    clock = Changes()
    before = clock.now
    for number in (1, 2, 3):
        clock.note([f"topic:{number}"])
    assert clock.since(before, ["topic:9"])
    assert not clock.since(clock.now, ["topic:1", "topic:2", "topic:3"])


def test_after_a_gap_anything_may_have_changed():
    clock = Changes()
    before = clock.now
    clock.note_all()
    assert clock.since(before, ["topic:9"])
    assert not clock.since(clock.now, ["topic:9"])


@pytest.mark.django_db(transaction=True)
def test_a_change_counts_from_the_commit_and_not_when_it_was_undone():
    before = changes.here.now
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        changed("topic:7")
        raise ZeroDivisionError
    assert changes.here.now == before
    with transaction.atomic():
        changed("topic:7")
        assert not changes.here.since(before, ["topic:7"])
    assert changes.here.since(before, ["topic:7"])


def test_a_page_says_the_next_moment_at_which_it_turns():
    now = timezone.now()
    turns = [now - timedelta(hours=1), None, now + timedelta(hours=2), now + timedelta(hours=1)]
    said = changes.made_of({}, "forum", turns=turns)[changes.MADE_OF].split()
    assert said == ["site", "forum", f"until:{(now + timedelta(hours=1)).timestamp()}"]
    assert changes.made_of({}, "forum", turns=turns[:2])[changes.MADE_OF] == "site forum"
