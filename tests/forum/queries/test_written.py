"""Statements written once answer each reader as if they had been written for them."""

from datetime import datetime
from typing import Any

import pytest

from community.actions import at_once
from community.models import Group, Member
from community.queries import written
from forum import queries
from forum.actions import following, reading
from forum.models import Reading, Topic
from forum.queries.unread import NEW_FOR, since
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TalkFactory, TopicFactory


@pytest.fixture
def written_once(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Begins with nothing written; holds what was."""
    done: list[Any] = []
    monkeypatch.setattr(written, "_written", {})
    write = written._write
    monkeypatch.setattr(written, "_write", lambda rows: done.append(rows) or write(rows))
    return done


def seen(reader: Member | None, at: datetime, **place: Any) -> list[tuple[object, ...]]:
    return [line.look for line in queries.lines(reader, at=at, **place).lines]


def test_each_reader_gets_their_own_list(group: Group, at: datetime, written_once: list[Any]) -> None:
    talk = TalkFactory(group=group)
    topics = [TopicFactory(category=talk, posts=3, created_at=at), TopicFactory(posts=2, created_at=at - NEW_FOR)]
    secret = TopicFactory(category=MembersOnlyFactory(group=group), created_at=at)
    hidden = TopicFactory(category=talk, hidden_at=at, created_at=at)
    inside, stranger, late = MembershipFactory(group=group).member, MemberFactory(), MemberFactory(joined_at=at)
    at_once.run(reading.wrote(member=stranger, topic=topics[0], number=1, at=at, level=Reading.Level.TRACKING))
    following.topic(member=inside, topic=topics[1], level=Reading.Level.MUTED, at=at)
    readers = [None, inside, stranger, late, hidden.author, MemberFactory(is_moderator=True)]
    fresh = []
    for reader in readers:
        written._written.clear()
        fresh.append((seen(reader, at), seen(reader, at, group=group), seen(reader, at, category=talk)))
    # Nothing is new to who joined just now, as to a visitor.
    assert len({str(each) for each in fresh}) == len(readers) - 1
    written._written.clear()
    written_once.clear()
    for _ in range(2):
        for reader, expected in zip(readers, fresh, strict=True):
            assert (seen(reader, at), seen(reader, at, group=group), seen(reader, at, category=talk)) == expected
    assert len(written_once) == 9  # a visitor's, a member's and a moderator's, each with three kinds of place
    assert secret.title not in str(fresh[2])


def test_places_do_not_share_an_answer(at: datetime, group: Group, member: Member) -> None:
    here, there = TalkFactory(group=group), CategoryFactory()
    topics = {place: TopicFactory(category=place, created_at=at) for place in (here, there)}
    for place in (here, there, here):
        assert [line.topic for line in queries.lines(member, at=at, category=place).lines] == [topics[place]]
        assert queries.waiting_in(member, at=at, category=place) == {place.pk: (1, 0)}
    assert queries.waiting_in(member, at=at, group=group) == {here.pk: (1, 0)}


def test_what_is_new_moves_on_with_the_clock(at: datetime, member: Member) -> None:
    topic = TopicFactory(created_at=at)
    moments = at, at + NEW_FOR, at
    assert [bool(queries.waiting_in(member, at=moment)) for moment in moments] == [True, False, True]
    assert [line.is_new for line in queries.lines(member, at=at + NEW_FOR).lines] == [False]
    assert since(member, at) == at - NEW_FOR
    assert Topic.objects.get() == topic
