"""A large world, from a seed: what `make_load` writes and `make bench` measures on."""

import random
from collections.abc import Iterator
from datetime import datetime

from config.load import evenings, people, talk
from config.load.size import BATCH, Size
from forum.actions import recount
from forum.models import Post, Topic
from meetups.models import Meetup


def is_there() -> bool:
    """Is there a forum already?"""
    return Topic.objects.exists()


def make(size: Size, at: datetime) -> Iterator[int]:
    """Write the world in batches; yields how many rows each wrote. Counters come last, by the site's own recount."""
    dice = random.Random(size.seed)  # noqa: S311  (a seeded world, no secret)
    texts = [talk.text(dice) for _ in range(talk.TEXTS)]
    members = people.members(size, at)
    yield len(members)
    categories = people.groups(size, members, at)
    yield len(categories)
    topics = talk.topics(size, members, categories, dice, at)
    for start in range(0, len(topics), BATCH):
        Topic.objects.bulk_create(topics[start : start + BATCH])
        yield len(topics[start : start + BATCH])
    batch: list[Post] = []
    for post in talk.posts(size, topics, members, texts, dice):
        batch.append(post)
        if len(batch) == BATCH:
            Post.objects.bulk_create(batch)
            yield len(batch)
            batch = []
    Post.objects.bulk_create(batch)
    yield len(batch)
    rows = evenings.meetups(size, members[0], at)
    Meetup.objects.bulk_create(rows, batch_size=BATCH)
    recount.recount(repair=True)
    yield len(rows)
