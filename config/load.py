"""A large world, from a seed: what `make_load` writes and `make bench` measures on."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from community.models import Group, Member, Membership
from community.text import RENDER_VERSION
from community.text.render import render
from forum.actions import recount
from forum.models import Category, Post, Topic

VOCABULARY = """
client backup switch invoice router contract password school dentist printer cable rack firewall mailbox licence tenant
restore ticket quote evening agenda apprentice van insurance clause deposit server phone wifi cloud vendor margin
renewal laptop screen keyboard desk office lease partner audit policy training summer winter deadline budget
"""
WORDS = VOCABULARY.split()
TEXTS = 400
"""Different texts, rendered once each: rendering is measured elsewhere."""
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much to make."""

    members: int
    groups: int
    topics: int
    posts: int
    longest: int
    seed: int


def is_there() -> bool:
    """Is there a forum already?"""
    return Topic.objects.exists()


def make(size: Size, at: datetime) -> Iterator[int]:
    """Write the world in batches; yields how many rows each wrote. Counters come last, by the site's own recount."""
    dice = random.Random(size.seed)  # noqa: S311  (a seeded world, no secret)
    texts = [_text(dice) for _ in range(TEXTS)]
    members = _members(size, at)
    yield len(members)
    categories = _groups(size, members, at)
    yield len(categories)
    topics = _topics(size, members, categories, dice, at)
    for start in range(0, len(topics), BATCH):
        Topic.objects.bulk_create(topics[start : start + BATCH])
        yield len(topics[start : start + BATCH])
    batch: list[Post] = []
    for post in _posts(size, topics, members, texts, dice):
        batch.append(post)
        if len(batch) == BATCH:
            Post.objects.bulk_create(batch)
            yield len(batch)
            batch = []
    Post.objects.bulk_create(batch)
    recount.recount(repair=True)
    yield len(batch)


def _text(dice: random.Random) -> tuple[str, str]:
    body = " ".join(dice.choices(WORDS, k=60)).capitalize() + "."
    return body, render(body).html


def _members(size: Size, at: datetime) -> list[Member]:
    rows = [
        Member(
            email=f"load{number}@load.example",
            handle=f"load{number}",
            handle_key=f"load{number}",
            display_name=f"{WORDS[number % len(WORDS)].capitalize()} {number}",
            is_handle_chosen=True,
            password="!",  # noqa: S106  (no password opens these)
            joined_at=at - timedelta(days=400),
        )
        for number in range(size.members)
    ]
    return Member.objects.bulk_create(rows, batch_size=BATCH)


def _groups(size: Size, members: list[Member], at: datetime) -> list[Category]:
    groups = Group.objects.bulk_create(
        [
            Group(
                name=f"Load group {number}",
                slug=f"load-{number}",
                place_name="Leeds",
                latitude=50 + number % 9,
                longitude=-5 + number % 7,
                founded_at=at - timedelta(days=400),
                member_count=len(members) // size.groups,
            )
            for number in range(size.groups)
        ]
    )
    Membership.objects.bulk_create(
        [
            Membership(group=groups[number % size.groups], member=member, starts_on=at.date(), joined_at=at)
            for number, member in enumerate(members)
        ],
        batch_size=BATCH,
    )
    return Category.objects.bulk_create([Category(group=group, name="Talk", slug=group.slug) for group in groups])


def _topics(
    size: Size, members: list[Member], categories: list[Category], dice: random.Random, at: datetime
) -> list[Topic]:
    made = []
    for number in range(size.topics):
        opened = at - timedelta(minutes=20 * (size.topics - number))
        author = members[number % len(members)]
        made.append(
            Topic(
                category=categories[number % len(categories)],
                author=author,
                title=" ".join(dice.choices(WORDS, k=6)).capitalize(),
                slug="load",
                created_at=opened,
                last_posted_at=opened,
                last_author=author,
            )
        )
    return made


def _lengths(size: Size, dice: random.Random) -> list[int]:
    lengths = [1] * size.topics
    left = size.posts - size.topics
    lengths[0] += min(left, size.longest - 1)
    left -= lengths[0] - 1
    for _ in range(left):
        lengths[dice.randrange(1, size.topics) if size.topics > 1 else 0] += 1
    return lengths


def _posts(
    size: Size, topics: list[Topic], members: list[Member], texts: list[tuple[str, str]], dice: random.Random
) -> Iterator[Post]:
    for topic, length in zip(topics, _lengths(size, dice), strict=True):
        for number in range(1, length + 1):
            body, html = texts[dice.randrange(TEXTS)]
            yield Post(
                topic=topic,
                author=topic.author if number == 1 else dice.choice(members),
                number=number,
                body=body,
                body_html=html,
                render_version=RENDER_VERSION,
                client_key=f"load-{topic.pk}-{number}",
                created_at=topic.created_at + timedelta(seconds=number),
            )
