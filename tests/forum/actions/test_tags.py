"""Tags are chosen, made by members of a group, at most five; renamed and merged with their topics following."""

import pytest
from django.db import IntegrityError, transaction

from community.verdicts import NotAllowed
from forum.actions import following, tags, topics
from forum.actions.recount import recount
from forum.models import Follow, Reading, Tag, Tagging, Topic
from forum.queries import find_tag, tag_list
from notifications.models import Notice
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TalkFactory, TopicFactory


@pytest.fixture
def moderator(db):
    return MemberFactory(is_moderator=True)


def on(topic) -> list[str]:
    return Topic.objects.get(pk=topic.pk).tag_names


def rows(topic) -> list[str]:
    return list(Tagging.objects.filter(topic=topic).order_by("position").values_list("tag__name", flat=True))


def tagged(moderator, at, *names, **more) -> Topic:
    topic = TopicFactory(**more)
    tags.retag(actor=moderator, topic=topic, names=names, at=at)
    return topic


def test_a_topic_is_begun_with_tags_and_a_member_of_a_group_makes_them(joined, at):
    topic = topics.open(
        author=joined,
        category=CategoryFactory(),
        title="Prices",
        body="x",
        client_key="k",
        at=at,
        tags=["vat", "cash-flow"],
    )
    assert on(topic) == rows(topic) == ["vat", "cash-flow"]
    assert recount(repair=False) == []


def test_who_is_in_no_group_chooses_but_makes_none_and_nothing_is_posted(member, moderator, at):
    tagged(moderator, at, "vat")
    begin = {"author": member, "category": CategoryFactory(), "title": "Prices", "body": "x", "at": at}
    with pytest.raises(NotAllowed, match="no tag “taxes” yet"):
        topics.open(client_key="1", tags=["vat", "taxes"], **begin)
    assert (Topic.objects.count(), Tag.objects.count()) == (1, 1)
    assert on(topics.open(client_key="2", tags=["VAT".lower()], **begin)) == ["vat"]


def test_a_look_alike_is_the_tag_that_is_there(moderator, at):
    tagged(moderator, at, "cash-flow", "scope")
    other = tagged(moderator, at, "cashflow", "ѕсоре")
    assert on(other) == ["cash-flow", "scope"]
    assert Tag.objects.count() == 2


def test_six_are_refused_by_the_action_and_by_the_database(moderator, at):
    topic = tagged(moderator, at, "t1", "t2", "t3", "t4", "t5")
    with pytest.raises(NotAllowed, match="at most 5"):
        tags.retag(actor=moderator, topic=topic, names=[f"u{n}" for n in range(6)], at=at)
    for position in (0, 5, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tagging.objects.create(topic=topic, tag=Tag.objects.create(name="t6", key="t6"), position=position)
    assert on(topic) == ["t1", "t2", "t3", "t4", "t5"]


def test_only_its_author_and_those_who_govern_tag_a_topic(joined, organiser, group, moderator, at):
    topic = TopicFactory(category=TalkFactory(group=group), author=joined)
    for who in (MemberFactory(), OrganiserFactory().member):
        with pytest.raises(NotAllowed):
            tags.retag(actor=who, topic=topic, names=["x1"], at=at)
    for n, who in enumerate((joined, organiser, moderator)):
        tags.retag(actor=who, topic=topic, names=[f"n{n}"], at=at)
        assert on(topic) == [f"n{n}"]
    tags.retag(actor=joined, topic=topic, names=[], at=at)
    assert on(topic) == rows(topic) == []


def test_merging_leads_topics_and_addresses_on(moderator, at):
    both = tagged(moderator, at, "backups", "vat", "backup")
    one = tagged(moderator, at, "backups")
    for _ in range(2):
        kept = tags.rename(actor=moderator, tag=Tag.objects.get(name="backups"), name="Backup")
    assert (kept.name, on(both), rows(both), on(one)) == ("backup", ["vat", "backup"], ["vat", "backup"], ["backup"])
    assert find_tag(None, "backups") == kept
    later = tags.rename(actor=moderator, tag=kept, name="restore")
    assert (find_tag(None, "backups"), find_tag(None, "backup"), on(one)) == (later, later, ["restore"])
    assert on(tagged(moderator, at, "backups")) == ["restore"]
    assert recount(repair=False) == []


def test_another_way_of_writing_is_the_same_tag(moderator, at):
    topic = tagged(moderator, at, "cashflow")
    tags.rename(actor=moderator, tag=Tag.objects.get(), name="cash flow")
    assert (on(topic), Tag.objects.count()) == (["cash-flow"], 1)


def test_a_tag_takes_the_name_of_one_that_was_merged_into_it(moderator, at):
    topic = tagged(moderator, at, "backup")
    kept = tags.rename(actor=moderator, tag=Tag.objects.get(), name="restore")
    for _ in range(2):
        assert tags.rename(actor=moderator, tag=kept, name="backup").name == "backup"
    assert (on(topic), find_tag(None, "restore"), find_tag(None, "backup")) == (["backup"], kept, kept)
    assert on(tagged(moderator, at, "restore")) == ["backup"]
    assert recount(repair=False) == []


def test_nobody_else_renames(organiser, moderator, at):
    tagged(moderator, at, "vat")
    with pytest.raises(NotAllowed):
        tags.rename(actor=organiser, tag=Tag.objects.get(), name="tax")


def test_a_tag_is_known_to_those_who_may_see_a_topic_with_it_and_counts_those(joined, group, moderator, at):
    tagged(moderator, at, "vat")
    tagged(moderator, at, "vat", "layoffs", category=MembersOnlyFactory(group=group))
    tagged(moderator, at, "rude", hidden_at=at)
    counts = [{tag.name: tag.shown_count for tag in tag_list(who)} for who in (None, MemberFactory(), joined)]
    assert counts == [{"vat": 1}, {"vat": 1}, {"vat": 2, "layoffs": 1}]
    assert (find_tag(None, "layoffs"), find_tag(joined, "layoffs").name) == (None, "layoffs")


def test_recount_proves_the_line_of_tags(moderator, at):
    topic = tagged(moderator, at, "vat", "tax")
    Topic.objects.filter(pk=topic.pk).update(tag_line="tax")
    (found,) = recount(repair=True)
    assert (found.field, found.kept, found.real) == ("tag_line", "tax", "vat,tax")
    assert on(topic) == ["vat", "tax"]


def test_who_watches_a_tag_hears_of_its_topics_and_not_of_those_of_closed_places(joined, member, group, moderator, at):
    tagged(moderator, at, "vat")
    outside, muter = MemberFactory(), MembershipFactory(group=group).member
    vat = Tag.objects.get()
    for who, level in ((outside, "watching"), (joined, "watching"), (muter, "muted")):
        following.tag(member=who, tag=vat, level=Reading.Level(level))
    following.group(member=muter, group=group, level=Reading.Level.WATCHING)
    for key, place in (("1", TalkFactory(group=group)), ("2", MembersOnlyFactory(group=group))):
        organiser = OrganiserFactory(group=group).member
        topics.open(author=organiser, category=place, title=key, body="x", client_key=key, at=at, tags=["vat"])
    told = set(Notice.objects.filter(kind="forum.opened").values_list("recipient", "title"))
    assert {(who, title[-2:-1]) for who, title in told} == {(outside.pk, "1"), (joined.pk, "1"), (joined.pk, "2")}


def test_who_follows_a_tag_follows_the_other_it_becomes(moderator, joined, member, at):
    tagged(moderator, at, "backups")
    tagged(moderator, at, "copies")
    old, kept = Tag.objects.get(name="backups"), Tag.objects.get(name="copies")
    following.tag(member=joined, tag=old, level=Reading.Level.WATCHING)
    following.tag(member=joined, tag=kept, level=None)
    following.tag(member=member, tag=old, level=Reading.Level.WATCHING)
    following.tag(member=member, tag=kept, level=Reading.Level.MUTED)
    tags.rename(actor=moderator, tag=old, name="copies")
    rows = Follow.objects.order_by("member").values_list("member", "tag", "level")
    assert sorted(rows) == sorted([(joined.pk, kept.pk, "watching"), (member.pk, kept.pk, "muted")])
