"""A forum in which everything that can be read holds a word that stands nowhere else, and who reads which of them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from community.models import Group, Member
from forum.actions import history as texts
from forum.actions import moving, posts, tags, topics, votes, whispers
from forum.models import Category, Option, Poll, Post, Topic
from tests.factories.community import MembershipFactory
from tests.factories.forum import CategoryFactory, TalkFactory

# word: where it stands. Titles stand in lists and feeds, bodies on pages and in search.
OPEN = {"zsite", "zopen", "zbody", "znow", "ztagopen"}
MEMBERS = {"zmembers", "zsecond", "ztagmembers", "zinner"}
ORGANISERS = {"zdesk", "zmoved", "ztagdesk"}
HIDDEN = {"zhidden", "zfolded"}
GOVERNING = {"zwhisper"}
NOBODY = {"zwithheld", "zgone", "zremoved", "zvoter"}
READS = {
    "visitor": OPEN,
    "stranger": OPEN,
    "left": OPEN,
    "member": OPEN | MEMBERS,
    "author": OPEN | MEMBERS | HIDDEN,
    "group_moderator": OPEN | MEMBERS | HIDDEN | GOVERNING,
    "organiser": OPEN | MEMBERS | HIDDEN | GOVERNING | ORGANISERS,
    "organiser_elsewhere": OPEN,
    "site_moderator": OPEN | MEMBERS | HIDDEN | GOVERNING | ORGANISERS,
}
ALL = OPEN | MEMBERS | ORGANISERS | HIDDEN | GOVERNING | NOBODY
TITLES = {"zsite", "zopen", "zmembers", "zdesk", "zmoved", "zhidden", "zinner"}


class World:
    """A group with a place for everybody, one for members and one for organisers, and all that can be read there."""

    def __init__(self, group: Group, writer: Member) -> None:
        self.group, self.writer, self.at = group, writer, timezone.now() - timedelta(days=1)
        self.author = MembershipFactory(group=group, member__trust=3).member
        self.site = CategoryFactory(name="Site place")
        self.everyone = TalkFactory(group=group)
        self.members = TalkFactory(group=group, visible_to_whom="members", name="Members place")
        self.desk = TalkFactory(group=group, visible_to_whom="organisers", name="Desk place")
        self.topics = {
            word: self.open(word, place)
            for word, place in (
                ("zsite", self.site),
                ("zopen", self.everyone),
                ("zmembers", self.members),
                ("zdesk", self.desk),
                ("zmoved", self.members),
                ("zinner", self.members),
            )
        }
        self.topics["zhidden"] = self.open("zhidden", self.everyone, by=self.author)
        self.topics["zgone"] = self.open("zgone", self.everyone)
        for word in ("zopen", "zmembers", "zdesk"):
            self.tag(self.topics[word], f"ztag{word[1:]}")
        self.say("zopen", "zbody")
        self.say("zmembers", "zsecond")
        self.folded = self.say("zopen", "zfolded", by=self.author)
        removed = self.say("zopen", "zremoved", by=self.author)
        self.changed = self.say("zopen", "zwithheld")
        later = self.at + timedelta(hours=2)
        self.changed = posts.edit(author=writer, post=self.changed, body="znow", at=later, reason="Out with it")
        self.poll(self.say("zopen", "Which evening?"))
        whispers.say(author=writer, topic=self.topics["zopen"], body="zwhisper", client_key="w", at=self.at)
        moving.move(actor=writer, topic=self.topics["zmoved"], place=self.desk, at=self.at)
        topics.hide(topic_id=self.topics["zhidden"].pk, at=self.at)
        posts.hide(post_id=self.folded.pk, at=self.at)
        texts.withhold(revision_id=self.changed.revisions.get(number=1).pk, at=self.at)
        posts.remove(author=self.author, post=removed, at=self.at)
        Topic.objects.filter(pk=self.topics["zgone"].pk).update(deleted_at=self.at)
        Post.objects.filter(topic=self.topics["zgone"]).update(deleted_at=self.at)

    def open(self, word: str, place: Category, *, by: Member | None = None) -> Topic:
        """The word is the title, and the address that is made of it."""
        return topics.open(
            author=by or self.writer, category=place, title=word, body="First words", client_key=word, at=self.at
        )

    def say(self, topic: str, word: str, *, by: Member | None = None) -> Post:
        return posts.reply(
            author=by or self.writer, topic=self.topics[topic], body=word, client_key=f"{topic} {word}", at=self.at
        )

    def tag(self, topic: Topic, name: str) -> None:
        tags.retag(actor=self.writer, topic=topic, names=[name], at=self.at)

    def poll(self, post: Post) -> None:
        """A secret one, in which somebody voted."""
        self.asked = Poll.objects.create(post=post, question="Which evening?", kind="single", is_secret=True)
        option = Option.objects.create(poll=self.asked, position=1, text="Tuesday")
        voter = MembershipFactory(group=self.group, member__display_name="zvoter").member
        votes.vote(member=voter, poll=self.asked, options=[option.pk], at=timezone.now())


def found(answer: Any) -> set[str]:
    """The words on a page; none where there is no page for this reader."""
    text = answer.content.decode() if answer.status_code == 200 else ""
    return {word for word in ALL if word in text}


def of_place(world: World, place: Category) -> set[str]:
    """The titles that stand in it."""
    return {word for word, topic in world.topics.items() if Topic.objects.get(pk=topic.pk).category_id == place.pk}
