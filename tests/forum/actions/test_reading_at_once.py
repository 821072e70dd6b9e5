"""A first look at a topic while somebody writes in it: the mark waits for nobody, so the two never stop each other.

It refers to the topic. Where the writer's lock kept such references out, the mark would wait for the topic, and the
writer's own mark for that one; PostgreSQL would end one of them.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from forum.actions import reading, writing
from forum.models import Reading, Topic
from forum.queries import mine
from tests.factories.community import MemberFactory
from tests.factories.forum import TopicFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def by_row(topic: Topic) -> None:
    writing.locked(topic.pk)


def with_what_is_mine(topic: Topic) -> None:
    mine.mine_in(None, topic.pk, locks=True)


def look_while(lock: Callable[[Topic], None], at) -> None:
    """Read to the end of a topic that somebody else has locked; whoever waits a second is ended."""
    topic, reader = TopicFactory(), MemberFactory()

    def look() -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '1s'")
                reading.read_up_to(member=reader, topic=topic, number=1, at=at)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        lock(topic)
        other.submit(look).result()
    assert Reading.objects.get(topic=topic, member=reader).last_number == 1


@pytest.mark.parametrize("lock", [by_row, with_what_is_mine])
def test_a_first_look_does_not_wait_for_a_writer(lock, at):
    look_while(lock, at)


def test_without_it_the_look_would_wait(at, monkeypatch):
    monkeypatch.setattr(mine, "_LOCK", "FOR UPDATE OF topic")
    with pytest.raises(OperationalError, match="lock timeout"):
        look_while(with_what_is_mine, at)


@pytest.mark.parametrize("lock", [by_row, with_what_is_mine])
def test_writers_still_wait_for_each_other(lock, at):
    topic = TopicFactory()

    def write() -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '300ms'")
                lock(topic)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        lock(topic)
        with pytest.raises(OperationalError, match="lock timeout"):
            other.submit(write).result()
