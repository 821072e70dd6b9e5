"""What is new and what is unread equals what each reader saw, remembered post by post, whatever happened before."""

import os

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from community.actions import memberships
from community.models import Group, Member
from forum import queries
from forum.actions import following, reading
from forum.models import Category, Post, Reading, Tag, Topic
from forum.queries.unread import waiting_of
from live import changes
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import WRITTEN, CategoryFactory, MembersOnlyFactory, TalkFactory
from tests.forum.remembering import Memory, Snapshot, by_place
from tests.forum.walk import Walk

SOAK = os.environ.get("SOAK") == "1"
EXAMPLES, STEPS = (40, 100) if SOAK else (3, 30)
READING = {
    "read": 12,
    "spent": 2,
    "follow": 5,
    "follow_place": 2,
    "follow_group": 1,
    "follow_tag": 2,
    "mark_all": 1,
    "mark_place": 2,
    "mark_group": 1,
    "join": 4,
    "leave": 1,
}
BESIDE = ("react", "take_reaction_back", "forget_reactions", "vote", "take_vote_back", "keep", "let_go", "make_wiki")
"""They are proved elsewhere to move no more than they say (`tests/forum/actions/test_recount.py`)."""


class Readers(Walk):
    """The walk, with people who read, follow, come and go; `memory` holds what they saw."""

    def __init__(self, seed: int, people: list[Member], places: list[Category], group: Group) -> None:
        """Nobody has seen anything."""
        super().__init__(seed, people, places, WRITTEN)
        self.acts = {act: often for act, often in self.acts.items() if act not in BESIDE} | READING
        self.pauses = [60, 60, 60, 1800]
        self.group, self.memory = group, Memory()

    def wait(self) -> None:
        """What time alone changes may be kept for a minute; what is done after this may not."""
        super().wait()
        changes.here.note_all()
        for member in self.people:
            waiting_of(member, at=self.at)

    def level(self) -> Reading.Level:
        return Reading.Level(self.chance.choice(Reading.Level.values))

    def open(self, who: Member) -> Topic:
        topic = super().open(who)
        self.memory.read(who, topic, 1)
        return topic

    def reply(self, who: Member) -> Post:
        post = super().reply(who)
        self.memory.read(who, post.topic, post.number)
        return post

    def split(self, who: Member) -> tuple[Topic, Topic]:
        topic, new = super().split(who)
        self.memory.split(topic, new)
        return topic, new

    def merge(self, who: Member) -> tuple[Topic, Topic]:
        before = {topic.pk: {post.pk for post in topic.posts.all()} for topic in Topic.objects.all()}
        topic, into = super().merge(who)
        self.memory.merge(before[topic.pk], before[into.pk], topic, into)
        return topic, into

    def read(self, who: Member) -> None:
        topic = self.one(Topic.objects.visible_to(who))
        number = self.chance.choice([topic.last_number, self.chance.randint(1, topic.last_number)])
        reading.read_up_to(member=who, topic=topic, number=number, at=self.at)
        self.memory.read(who, topic, number)

    def spent(self, who: Member) -> None:
        topic = self.one(Topic.objects.visible_to(who))
        for seconds in range(60, 360, 60):
            reading.spent(member=who, topic=topic, seconds=seconds)

    def follow(self, who: Member) -> None:
        topic = self.one(Topic.objects.visible_to(who))
        following.topic(member=who, topic=topic, level=self.level(), at=self.at)
        self.memory.follow(who, topic)

    def follow_place(self, who: Member) -> None:
        place = self.one(Category.objects.visible_to(who))
        following.category(member=who, category=place, level=self.chance.choice([None, self.level()]))

    def follow_group(self, who: Member) -> None:
        following.group(member=who, group=self.group, level=self.chance.choice([None, self.level()]))

    def follow_tag(self, who: Member) -> None:
        tag = self.one(Tag.objects.filter(taggings__topic__in=Topic.objects.visible_to(who)))
        following.tag(member=who, tag=tag, level=self.chance.choice([None, self.level()]))

    def mark_all(self, who: Member) -> None:
        reading.mark_read(member=who, at=self.at)
        self.memory.read_all(who)
        assert queries.waiting_in(who, at=self.at) == {}

    def mark_place(self, who: Member) -> None:
        place = self.one(Category.objects.visible_to(who))
        reading.mark_read(member=who, at=self.at, category=place)
        self.memory.read_all(who, category=place)
        assert place.pk not in queries.waiting_in(who, at=self.at)

    def mark_group(self, who: Member) -> None:
        reading.mark_read(member=who, at=self.at, group=self.group)
        self.memory.read_all(who, group=self.group)
        assert queries.waiting_in(who, at=self.at, group=self.group) == {}

    def join(self, who: Member) -> None:
        memberships.join(member=who, group=self.group, at=self.at)

    def leave(self, who: Member) -> None:
        memberships.leave(member=who, group=self.group, at=self.at)


@override_settings(KEEP_PAGES=True, REDIS_URL="")
class TestCounts(TestCase):
    """Random acts of several people; after each, what waits for everyone, counted and kept."""

    @pytest.mark.timeout(7200 if SOAK else 120)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=not SOAK,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(seed=st.integers(0, 2**32))
    def test_counts_equal_what_was_seen(self, seed: int) -> None:
        group = GroupFactory()
        desk = TalkFactory(group=group, visible_to_whom=Category.Audience.ORGANISERS)
        places = [CategoryFactory(), TalkFactory(group=group), MembersOnlyFactory(group=group), desk]
        people = [MemberFactory(trust=3, is_moderator=True), OrganiserFactory(group=group, member__trust=2).member]
        people += [MembershipFactory(group=group, member__trust=2).member, MemberFactory(trust=2)]
        walk = Readers(seed, people, places, group)
        done = []
        for _ in range(STEPS):
            with self.captureOnCommitCallbacks(execute=True):
                done.append(walk.step())
            now = Snapshot.taken()
            for number, member in enumerate(people):
                self.compare(walk, now, member, f"person {number} after {done}")

    def compare(self, walk: Readers, now: Snapshot, member: Member, after: str) -> None:
        """The counts, those the header keeps, and the lists say the same."""
        new, unread = walk.memory.waiting(now, member, walk.at)
        counts = by_place(now, new, unread)
        assert queries.waiting_in(member, at=walk.at) == counts, after
        roles = [place for place in walk.places if place.group and (member.pk, place.group_id) in now.roles]
        closed = sorted(each.pk for each in roles if each.visible_to_whom != "everyone" and now.may_read(member, each))
        kept = waiting_of(member, at=walk.at)
        assert (kept.new, kept.unread, kept.places) == (len(new), len(unread), closed), after
        for view, expected in ((queries.View.NEW, dict.fromkeys(new, 0)), (queries.View.UNREAD, unread)):
            lines = queries.lines(member, at=walk.at, view=view, limit=1000, with_pinned=True).lines
            assert {line.topic.pk: line.unread for line in lines} == expected, after
