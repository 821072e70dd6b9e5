"""How closely a topic is followed: by table, said in a sentence, and the same for lists as for those who are told."""

import os
from itertools import product

import pytest

from community.actions import at_once
from forum import queries
from forum.actions import following, reading
from forum.actions import tags as tagging
from forum.models import Follow, Reading, Tag, Topic
from forum.queries import followers, levels
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import CategoryFactory, TalkFactory, TopicFactory

SOAK = os.environ.get("SOAK") == "1"
Level = Reading.Level
LOUDNESS = {"muted": 0, "normal": 1, "tracking": 2, "watching": 3}
OWN = [("", ""), ("tracking", "replied"), ("watching", "opened"), ("muted", "chosen"), ("normal", "chosen")]
PLACES = ["", "muted", "normal", "tracking", "watching"]


TAGS = [("", ""), ("muted", "watching"), ("watching", "normal"), ("", "tracking"), ("normal", "")]


def expected(own: tuple[str, str], category: str, group: str, *, is_in_group: bool, tags: tuple[str, str]) -> str:
    """The rule in plain words: what was chosen decides, a muted place mutes, else the louder of topic and place."""
    level, reason = own
    if reason == "chosen":
        return level
    chosen = [each for each in tags if each]
    tagged = min(chosen, key=["muted", "watching", "tracking", "normal"].index) if chosen else ""
    place = tagged or category or group or ("tracking" if is_in_group else "normal")
    return "muted" if place == "muted" else max([level or "normal", place], key=LOUDNESS.__getitem__)


def test_every_combination_and_who_is_told_agree(group, at):
    talk = TalkFactory(group=group)
    topic, cases = TopicFactory(category=talk), {}
    pair = [Tag.objects.create(name=name, key=name) for name in ("backup", "tapes")]
    tagging.put_on(topic, pair)
    combinations = product(OWN, PLACES, PLACES, [False, True], TAGS)
    for own, category, wider, is_in_group, tags in list(combinations)[:: 1 if SOAK else 5]:
        member = MembershipFactory(group=group).member if is_in_group else MemberFactory()
        if own[0]:
            Reading.objects.create(member=member, topic=topic, level=own[0], level_reason=own[1], read_at=at)
        Follow.objects.create(member=member, category=talk, level=category)
        Follow.objects.create(member=member, group=group, level=wider)
        for tag, level in zip(pair, tags, strict=True):
            Follow.objects.create(member=member, tag=tag, level=level)
        cases[member] = expected(own, category, wider, is_in_group=is_in_group, tags=tags)
    hearers = followers.hearers(topic, [member.pk for member in cases], by=0)
    assert hearers.watch == {member.pk for member, level in cases.items() if level == "watching"}
    near = followers.hearers(topic, [], by=0, watchers=True)
    assert (near.watch, near.all - hearers.all) == (hearers.watch, set())
    assert hearers.all == {member.pk for member, level in cases.items() if level != "muted"}
    for member, level in list(cases.items())[::4]:
        assert queries.following(topic, queries.mine_in(member, topic.pk)).level == level
        assert levels.with_mine(Topic.objects.all(), member).get(pk=topic.pk).my_level == level


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda member, topic, at: None, "You hear of this only when somebody calls you in."),
        (
            lambda member, topic, at: at_once.run(
                reading.wrote(member=member, topic=topic, number=1, at=at, level=Reading.Level.TRACKING)
            ),
            "You track this because you answered.",
        ),
        (
            lambda member, topic, at: at_once.run(
                reading.wrote(member=member, topic=topic, number=1, at=at, level=Reading.Level.WATCHING)
            ),
            "You watch this because you began it.",
        ),
        (
            lambda member, topic, at: following.topic(member=member, topic=topic, level=Level.MUTED, at=at),
            "You have muted this.",
        ),
        (
            lambda member, topic, at: following.category(member=member, category=topic.category, level=Level.WATCHING),
            "You watch this, as all of Rig: Talk.",
        ),
        (
            lambda member, topic, at: following.group(member=member, group=topic.category.group, level=Level.MUTED),
            "You have muted this, as all of Rig.",
        ),
        (
            lambda member, topic, at: following.tag(member=member, tag=Tag.objects.get(), level=Level.MUTED),
            "You have muted this, as all that is tagged “backup”.",
        ),
        (
            lambda member, topic, at: MembershipFactory(member=member, group=topic.category.group),
            "You track this because you are in the group.",
        ),
    ],
)
def test_the_reason_is_said(member, at, act, sentence):
    topic = TopicFactory(category=TalkFactory(group__name="Rig"))
    tagging.put_on(topic, [Tag.objects.create(name="backup", key="backup")])
    act(member, topic, at)
    assert queries.following(topic, queries.mine_in(member, topic.pk)).sentence == sentence


def test_a_place_says_what_it_is_followed_by(member, group):
    talk, site = TalkFactory(group=group), CategoryFactory()
    assert queries.of_place(None, site, role="") is None
    assert queries.of_place(member, site, role="").level == "normal"
    assert queries.of_place(member, talk, role="member").sentence == "You track this because you are in the group."
    following.group(member=member, group=group, level=Level.WATCHING)
    found = queries.of_place(member, talk, role="member")
    assert (found.sentence, found.is_chosen) == (f"You watch this, as all of {group.name}.", False)
    following.category(member=member, category=talk, level=Level.MUTED)
    found = queries.of_place(member, talk, role="member")
    assert (found.sentence, found.is_chosen) == ("You have muted this.", True)
    assert queries.of_place(member, group, role="member").is_chosen
    following.category(member=member, category=talk, level=None)
    assert queries.of_place(member, talk, role="member").level == "watching"


def test_a_tag_says_how_it_is_followed(member):
    tag = Tag.objects.create(name="backup", key="backup")
    tagging.put_on(TopicFactory(), [tag])
    assert queries.of_tag(None, tag) is None
    assert queries.of_tag(member, tag).sentence == "Each topic is followed as its place is."
    following.tag(member=member, tag=tag, level=Level.WATCHING)
    found = queries.of_tag(member, tag)
    assert (found.sentence, found.is_chosen) == ("You watch this.", True)
    following.tag(member=member, tag=tag, level=None)
    assert not queries.of_tag(member, tag).is_chosen
