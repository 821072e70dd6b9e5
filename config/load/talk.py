"""Topics and posts."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from community.models import Member
from community.text import RENDER_VERSION
from community.text.render import render
from config.load.size import WORDS, Size
from forum.models import Category, Post, Topic
from forum.models.post import path_below

TEXTS = 400
"""Different texts, rendered once each: rendering is measured elsewhere."""


def text(dice: random.Random) -> tuple[str, str]:
    """A post of about 400 characters, as typed and as shown."""
    body = " ".join(dice.choices(WORDS, k=60)).capitalize() + "."
    return body, render(body).html


def topics(
    size: Size, members: list[Member], categories: list[Category], dice: random.Random, at: datetime
) -> list[Topic]:
    """Unsaved topics, the oldest first."""
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


def posts(
    size: Size, rows: list[Topic], members: list[Member], texts: list[tuple[str, str]], dice: random.Random
) -> Iterator[Post]:
    """Unsaved posts, topic by topic; the first topic is the longest."""
    for topic, length in zip(rows, _lengths(size, dice), strict=True):
        for number in range(1, length + 1):
            body, html = texts[dice.randrange(TEXTS)]
            yield Post(
                topic=topic,
                author=topic.author if number == 1 else dice.choice(members),
                number=number,
                path=path_below("", number),
                body=body,
                body_html=html,
                render_version=RENDER_VERSION,
                client_key=f"load-{topic.pk}-{number}",
                created_at=topic.created_at + timedelta(seconds=number),
            )
