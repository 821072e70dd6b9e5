"""What is new and unread equals a recount by hand, whatever happened before."""

import os
import random
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from community.actions import memberships
from community.models import Group, Member
from community.verdicts import NotAllowed
from forum import queries
from forum.actions import following, moving, posts, reading, topics, undo
from forum.actions import tags as tagging
from forum.models import Category, Follow, Post, Reading, Tag, Topic
from forum.queries.unread import NEW_FOR
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import WRITTEN, CategoryFactory, MembersOnlyFactory, TalkFactory

SOAK = os.environ.get("SOAK") == "1"
EXAMPLES, STEPS = (100, 100) if SOAK else (3, 25)
ACTS = ["open", "reply", "reply", "read", "read", "level", "place", "group", "tag", "mark", "hide", "restore", "remove"]
ACTS += ["hide_topic", "restore_topic", "spent", "split", "join", "move", "put_back", "come_or_go"]


def level_of(member: Member, topic: Topic) -> str:
    """As docs/decisions/0038 has it, row by row."""
    own = Reading.objects.filter(member=member, topic=topic).first()
    if own and own.level_reason == "chosen":
        return own.level
    rows = Follow.objects.filter(member=member).exclude(level="")
    tags = set(rows.filter(tag__in=topic.taggings.values("tag")).values_list("level", flat=True))
    nearer = rows.filter(category=topic.category).first()
    wider = rows.filter(group=topic.category.group, group__isnull=False).first()
    is_in = topic.category.group is not None and topic.category.group.memberships.live().filter(member=member).exists()
    tagged = next((level for level in ("muted", "watching", "tracking", "normal") if level in tags), "")
    place = tagged or nearer.level if tagged or nearer else wider.level if wider else "tracking" if is_in else "normal"
    if place == "muted":
        return "muted"
    order = ["normal", "tracking", "watching"]
    return max(own.level if own else "normal", place, key=order.index)


def recount(member: Member, at) -> dict[int, tuple[int, int]]:
    """Topic by topic, post by post, in plain Python."""
    found: dict[int, list[int]] = {}
    marks = [row for row in Follow.objects.filter(member=member) if row.all_read_at]
    for topic in Topic.objects.visible_to(member):
        level = level_of(member, topic)
        if topic.hidden_at or topic.deleted_at or level == "muted":
            continue
        row = Reading.objects.filter(member=member, topic=topic).first()
        read_to = row.last_number if row else 0
        since = [max(at - NEW_FOR, member.joined_at)]
        for mark in marks:
            is_all = mark.category_id is None and mark.group_id is None and mark.tag_id is None
            if is_all or mark.category_id == topic.category_id or mark.group_id == topic.category.group_id is not None:
                since.append(mark.all_read_at)
        seen = [post for post in topic.posts.all() if not post.hidden_at and not post.deleted_at]
        is_begun = read_to > 0 or (row is not None and level != "normal")
        is_new = not is_begun and topic.created_at > max(since)
        is_unread = is_begun and level != "normal" and any(post.number > read_to for post in seen)
        counts = found.setdefault(topic.category_id, [0, 0])
        counts[0] += is_new
        counts[1] += is_unread
    return {key: (new, unread) for key, (new, unread) in found.items() if new or unread}


def split(chance: random.Random, topic: Topic, places: list[Category], at) -> None:
    numbers = chance.sample(range(2, topic.last_number + 2), k=min(2, topic.last_number))
    moving.split(
        actor=keeper(), topic=topic, numbers=numbers, title="Apart", place=chance.choice(places), at=at, is_meant=True
    )


def join(chance: random.Random, topic: Topic, _: list[Category], at) -> None:
    into = chance.choice(list(Topic.objects.order_by("pk")))
    moving.merge(actor=keeper(), topic=topic, into=into, at=at, is_meant=True)


def move(chance: random.Random, topic: Topic, places: list[Category], at) -> None:
    moving.move(actor=keeper(), topic=topic, place=chance.choice(places), at=at, is_meant=True)


def keeper() -> Member:
    """Who moderates the site, and reads nothing here."""
    return Member.objects.filter(is_moderator=True).first() or MemberFactory(is_moderator=True)


def come_or_go(who: Member, group: Group, at) -> None:
    is_in = group.memberships.live().filter(member=who).exists()
    (memberships.leave if is_in else memberships.join)(group=group, member=who, at=at)


MOVES = {"split": split, "join": join, "move": move}


class TestCounts(TestCase):
    """Random acts of several people; after each, what waits for one of them."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=not SOAK,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(seed=st.integers(0, 2**32))
    def test_counts_equal_a_recount(self, seed: int) -> None:
        chance = random.Random(seed)
        inner = MembersOnlyFactory()
        group = inner.group
        TalkFactory(group=group)
        CategoryFactory()
        people = [MembershipFactory(group=group, member__trust=2).member, MemberFactory(trust=2)]
        at = WRITTEN
        for step in range(STEPS):
            at += timedelta(hours=chance.choice([1, 1, 1, 30]))
            self.act(chance, people, group, step, at)
            for member in people:
                assert queries.waiting_in(member, at=at) == recount(member, at)
            member = chance.choice(people)
            waiting = recount(member, at)
            lines = queries.lines(member, at=at, view=queries.View.UNREAD, limit=1000).lines
            assert len(lines) == sum(unread for _, unread in waiting.values())
            for line in lines:
                seen = line.topic.posts.filter(hidden_at=None, deleted_at=None, number__gt=line.read_to)
                assert line.unread == seen.count()

    def act(  # noqa: PLR0912
        self, chance: random.Random, people: list[Member], group: Group, step: int, at
    ) -> None:
        """Something happens, or is refused."""
        who, act = chance.choice(people), chance.choice(ACTS)
        topic, post = Topic.objects.order_by("?").first(), Post.objects.order_by("?").first()
        places = list(Category.objects.visible_to(who))
        level = chance.choice(Reading.Level.values)
        try:
            if act == "open" or topic is None or post is None:
                place, key = chance.choice(places), f"{step}"
                topics.open(author=who, category=place, title=f"Topic {step}", body="x", client_key=key, at=at)
            elif act == "reply":
                posts.reply(author=who, topic=topic, body="y", client_key=f"{step}", at=at)
            elif act == "read":
                reading.read_up_to(member=who, topic=topic, number=chance.randint(1, topic.last_number), at=at)
            elif act == "spent":
                for seconds in range(60, 360, 60):
                    reading.spent(member=who, topic=topic, seconds=seconds)
            elif act == "level":
                following.topic(member=who, topic=topic, level=Reading.Level(level), at=at)
            elif act == "place":
                following.category(member=who, category=chance.choice(places), level=chance.choice([None, level]))
            elif act == "group":
                following.group(member=who, group=group, level=chance.choice([None, level]))
            elif act == "tag":
                tag = Tag.objects.get_or_create(name="backup", key="backup")[0]
                tagging.put_on(topic, chance.choice([[], [tag]]))
                following.tag(member=who, tag=tag, level=chance.choice([None, level]))
            elif act == "mark":
                place = chance.choice([{}, {"group": group}, {"category": chance.choice(places)}])
                reading.mark_read(member=who, at=at, **place)
                assert not recount(who, at) if not place else True
            elif act in MOVES:
                MOVES[act](chance, topic, places, at)
            elif act == "come_or_go":
                come_or_go(who, group, at)
            elif act == "put_back":
                undo.put_back(actor=post.author, post=post, at=at)
            elif act == "remove":
                posts.remove(author=post.author, post=post, at=at)
            elif act in {"hide", "restore"}:
                getattr(posts, act)(post_id=post.pk, at=at)
            else:
                getattr(topics, act.removesuffix("_topic"))(topic_id=topic.pk, at=at)
        except NotAllowed:
            return
