"""Many write at the same moment: numbers have no gap and no twin, counters stay true, one form posts once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from forum.actions import posts, topics
from forum.actions.recount import recount
from forum.models import Post, Topic
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, TopicFactory

PEOPLE = 6


def together(act) -> list:
    """Run `act(n)` in `PEOPLE` threads that start at once."""
    start = Barrier(PEOPLE)

    def run(n: int):
        try:
            start.wait(timeout=20)
            return act(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(run, range(PEOPLE)))


@pytest.mark.django_db(transaction=True)
def test_writers_at_once(at):
    topic, place = TopicFactory(), CategoryFactory()
    people = [MemberFactory(trust=2) for _ in range(PEOPLE)]
    one = people[0]

    together(
        lambda n: [
            posts.reply(author=people[n], topic=topic, body=f"{n} {k}", client_key=f"{n}-{k}", at=at) for k in range(3)
        ]
    )
    assert list(Post.objects.filter(topic=topic).order_by("number").values_list("number", flat=True)) == list(
        range(1, 20)
    )
    assert recount(repair=False) == []

    same = together(lambda n: posts.reply(author=one, topic=topic, body="once", client_key="same", at=at))
    assert len({post.pk for post in same}) == 1

    opened = together(
        lambda n: topics.open(author=one, category=place, title="Once", body="x", client_key="topic", at=at)
    )
    assert len({each.pk for each in opened}) == 1
    assert Topic.objects.filter(category=place).count() == 1
    assert recount(repair=False) == []
