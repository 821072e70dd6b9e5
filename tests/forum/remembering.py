"""What each reader has seen, post by post, and what waits for them then: in plain Python, with no mark and no query of ours."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from community.models import Group, Member, Membership
from forum.models import Category, Follow, Post, Reading, Tagging, Topic
from forum.queries.unread import NEW_FOR
from tests.forum.by_hand import is_shown

LOUDNESS = ["normal", "tracking", "watching"]
Counts = dict[int, tuple[int, int]]


@dataclass
class Snapshot:
    """Every row there is, read once for all readers."""

    topics: dict[int, Topic]
    posts: dict[int, list[Post]]
    roles: dict[tuple[int, int], str]
    follows: list[Follow]
    own: dict[tuple[int, int], tuple[str, str]]
    tags: dict[int, set[int]]

    @classmethod
    def taken(cls) -> "Snapshot":
        """As it is now."""
        posts, tags = defaultdict[int, list[Post]](list), defaultdict[int, set[int]](set)
        for post in Post.objects.order_by("number"):
            posts[post.topic_id].append(post)
        for topic, tag in Tagging.objects.values_list("topic", "tag"):
            tags[topic].add(tag)
        return cls(
            {topic.pk: topic for topic in Topic.objects.select_related("category__group")},
            posts,
            {(row.member_id, row.group_id): row.role for row in Membership.objects.filter(ends_on=None)},
            list(Follow.objects.all()),
            {(row.member_id, row.topic_id): (row.level, row.level_reason) for row in Reading.objects.all()},
            tags,
        )

    def may_read(self, member: Member, place: Category) -> bool:
        """As `Category.Audience` says."""
        role = self.roles.get((member.pk, place.group_id or 0), "")
        needs = {"everyone": True, "members": role != "", "organisers": role == "organiser"}
        return member.is_moderator or needs[place.visible_to_whom]

    def may_see(self, member: Member, topic: Topic) -> bool:
        """A hidden one: its author, and those who look after its place."""
        governs = self.roles.get((member.pk, topic.category.group_id or 0)) in {"organiser", "moderator"}
        sees_hidden = governs or member.is_moderator or topic.author_id == member.pk
        return (
            topic.deleted_at is None
            and (topic.hidden_at is None or sees_hidden)
            and self.may_read(member, topic.category)
        )

    def level(self, member: Member, topic: Topic) -> str:
        """As docs/decisions/0038 and 0056 have it."""
        own, reason = self.own.get((member.pk, topic.pk), ("normal", ""))
        if reason == "chosen":
            return own
        mine, group = [row for row in self.follows if row.member_id == member.pk and row.level], topic.category.group_id
        tags = {row.level for row in mine if row.tag_id in self.tags[topic.pk]}
        tagged = next((each for each in ("muted", "watching", "tracking", "normal") if each in tags), "")
        nearer = next((row.level for row in mine if row.category_id == topic.category_id), "")
        wider = next((row.level for row in mine if group and row.group_id == group), "")
        usual = "tracking" if (member.pk, group) in self.roles else "normal"
        place = tagged or nearer or wider or usual
        return "muted" if place == "muted" else max(own, place, key=LOUDNESS.index)

    def all_read_at(self, member: Member, topic: Topic) -> list[datetime]:
        """The moments at which they marked all as read where the topic stands."""
        group = topic.category.group_id
        return [
            row.all_read_at
            for row in self.follows
            if row.member_id == member.pk
            and row.all_read_at
            and row.tag_id is None
            and row.category_id in {None, topic.category_id}
            and (row.group_id is None or row.group_id == group)
        ]


@dataclass
class Memory:
    """Posts by member that they saw, or wrote after; and the topics they have to do with."""

    seen: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    begun: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def follow(self, member: Member, topic: Topic) -> None:
        """They chose how to follow it; that is no reading."""
        self.begun[member.pk].add(topic.pk)

    def read(self, member: Member, topic: Topic, number: int) -> None:
        """All up to a number, also what was taken down there."""
        self.begun[member.pk].add(topic.pk)
        self.seen[member.pk].update(topic.posts.filter(number__lte=number).values_list("pk", flat=True))

    def read_all(self, member: Member, category: Category | None = None, group: Group | None = None) -> None:
        """Of what they began there, what waits; what they never opened is not new any more, and not seen either."""
        now = Snapshot.taken()
        for topic in now.topics.values():
            is_there = category in {None, topic.category} and group in {None, topic.category.group}
            if is_there and topic.pk in self.begun[member.pk] and now.may_see(member, topic):
                posts = now.posts[topic.pk]
                if any(is_shown(post) and post.pk not in self.seen[member.pk] for post in posts):
                    self.seen[member.pk].update(post.pk for post in posts)

    def split(self, topic: Topic, new: Topic) -> None:
        """Who had to do with the one has to do with both; nobody has seen more or less."""
        for begun in self.begun.values():
            if topic.pk in begun:
                begun.add(new.pk)

    def merge(self, came: set[int], before: set[int], topic: Topic, into: Topic) -> None:
        """`came` stand after all `before`, so they are unread again to whoever had not seen all of those."""
        for member, begun in self.begun.items():
            if topic.pk in begun:
                begun.remove(topic.pk)
                begun.add(into.pk)
            if not before <= self.seen[member]:
                self.seen[member] -= came

    def waiting(self, now: Snapshot, member: Member, at: datetime) -> tuple[set[int], dict[int, int]]:
        """Keys of the topics that are new; and by key how many posts of a topic are unread."""
        new, unread = set[int](), dict[int, int]()
        for topic in now.topics.values():
            level = now.level(member, topic)
            if not is_shown(topic) or level == "muted" or not now.may_read(member, topic.category):
                continue
            posts = now.posts[topic.pk]
            left = sum(is_shown(post) and post.pk not in self.seen[member.pk] for post in posts)
            is_opened = any(post.pk in self.seen[member.pk] for post in posts)
            is_begun = is_opened or (topic.pk in self.begun[member.pk] and level != "normal")
            since = max([at - NEW_FOR, member.joined_at, *now.all_read_at(member, topic)])
            if is_begun and left and level != "normal":
                unread[topic.pk] = left
            if not is_begun and topic.created_at > since:
                new.add(topic.pk)
        return new, unread


def by_place(now: Snapshot, new: set[int], unread: dict[int, int]) -> Counts:
    """`{category: (new, unread)}` where anything waits."""
    found = defaultdict[int, list[int]](lambda: [0, 0])
    for which, keys in enumerate((new, unread)):
        for key in keys:
            found[now.topics[key].category_id][which] += 1
    return {key: (counts[0], counts[1]) for key, counts in found.items()}
