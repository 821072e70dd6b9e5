"""A whisper reaches those who look after the group and nobody else: no counter, no read mark, no words in a notice."""

import pytest
from django.db import IntegrityError, transaction

from community.models import Membership, Sanction
from community.verdicts import NotAllowed
from forum.actions import moving, posts, whispers
from forum.actions.recount import recount
from forum.exports import whispers as exported
from forum.models import Reading, Topic, Whisper
from forum.queries.lists import unread_of
from forum.streams import may_hear_whispers
from notifications.models import Notice
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import CategoryFactory, TalkFactory, TopicFactory, WhisperFactory


@pytest.fixture
def topic(group, joined):
    return TopicFactory(category=TalkFactory(group=group), author=joined, posts=3)


def say(topic, author, at, body="I rang him, leave it", key="k1", **more):
    return whispers.say(author=author, topic=topic, body=body, client_key=key, at=at, **more)


def state(topic) -> tuple:
    row = Topic.objects.values("last_number", "post_count", "last_posted_at", "last_author").get(pk=topic.pk)
    place = type(topic.category).objects.values("post_count", "last_posted_at").get(pk=topic.category_id)
    return row, place, list(Reading.objects.values("member", "topic", "last_number"))


def test_it_stands_after_the_latest_post_once_and_moves_nothing(topic, organiser, joined, at):
    Reading.objects.create(member=joined, topic=topic, last_number=3, level="watching", read_at=at)
    before = state(topic)
    first, again = (say(topic, organiser, at, body="**Leave** it") for _ in range(2))
    assert first == again
    assert (first.after, "<strong>Leave</strong>" in first.body_html) == (3, True)
    assert say(topic, organiser, at, key="k2", after=2).after == 2
    assert say(topic, organiser, at, key="k3", after=99).after == 3
    assert state(topic) == before
    assert (recount(repair=False), unread_of(joined, at=at)) == ([], [])


def test_those_who_look_after_the_group_hear_of_it_and_read_no_word_in_the_notice(topic, group, organiser, joined, at):
    moderator = MembershipFactory(group=group, role="moderator").member
    MemberFactory(is_moderator=True)
    OrganiserFactory()
    Reading.objects.create(member=joined, topic=topic, level="watching", read_at=at)
    say(topic, organiser, at, body=f"@{joined.handle} must not know")
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (moderator, "forum.whispered")
    assert "must not know" not in f"{notice.title} {notice.excerpt} {notice.data}"


def test_open_pages_hear_it_on_a_line_of_their_own(topic, organiser, at, said, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        whisper = say(topic, organiser, at)
        whispers.take_back(author=organiser, whisper=whisper, at=at)
    heard = [(stream, frame["type"]) for stream, frame in said if not stream.startswith("member:")]
    assert heard == [(f"whispers:{topic.pk}", "whisper.added"), (f"whispers:{topic.pk}", "whisper.gone")]


READERS = {
    "visitor": False,
    "stranger": False,
    "member": False,
    "left the office": False,
    "moderator": True,
    "organiser": True,
    "organises another group": False,
    "site moderator": True,
}


@pytest.mark.parametrize("who", READERS)
def test_who_hears_and_who_whispers(who, topic, group, organiser, at):
    WhisperFactory(topic=topic, author=organiser)
    member = {
        "visitor": lambda: None,
        "stranger": MemberFactory,
        "member": lambda: MembershipFactory(group=group).member,
        "left the office": lambda: OrganiserFactory(group=group, ends_on=at.date()).member,
        "moderator": lambda: MembershipFactory(group=group, role="moderator").member,
        "organiser": lambda: OrganiserFactory(group=group).member,
        "organises another group": lambda: OrganiserFactory().member,
        "site moderator": lambda: MemberFactory(is_moderator=True),
    }[who]()
    assert (Whisper.objects.visible_to(member).exists(), may_hear_whispers(member, topic.pk)) == (READERS[who],) * 2
    if member is not None and not READERS[who]:
        with pytest.raises(NotAllowed, match="Only organisers and moderators"):
            say(topic, member, at)
    elif member is not None:
        assert say(topic, member, at).author == member


def test_giving_up_the_role_closes_the_ear_for_ones_own_too(topic, group, organiser, at):
    WhisperFactory(topic=topic, author=organiser)
    Membership.objects.filter(group=group, member=organiser).update(role="member")
    assert not Whisper.objects.visible_to(organiser).exists()
    assert len(list(exported(organiser))) == 1


def test_a_topic_that_moves_shows_it_to_nobody_new(topic, organiser, at):
    elsewhere = OrganiserFactory().member
    other = GroupFactory()
    new_host = OrganiserFactory(group=other).member
    whisper = say(topic, organiser, at)
    Topic.objects.filter(pk=topic.pk).update(category=TalkFactory(group=other))
    assert [set(Whisper.objects.visible_to(who)) for who in (organiser, new_host, elsewhere)] == [
        {whisper},
        set(),
        set(),
    ]


def test_it_goes_with_the_posts_it_stands_after(topic, group, organiser, at):
    other = TopicFactory(category=topic.category, posts=2)
    kept, taken = (say(topic, organiser, at, key=f"k{after}", after=after) for after in (1, 3))
    part = moving.split(actor=organiser, topic=topic, numbers=[2, 3], title="Apart", place=topic.category, at=at)
    stands = {row.pk: (row.topic_id, row.after) for row in Whisper.objects.visible_to(organiser)}
    assert stands == {kept.pk: (topic.pk, 1), taken.pk: (part.pk, 2)}
    moving.merge(actor=organiser, topic=part, into=other, at=at)
    taken = Whisper.objects.visible_to(organiser).get(pk=taken.pk)
    assert (taken.topic, taken.after, taken.group) == (other, 4, group)
    outside = OrganiserFactory(group=GroupFactory()).member
    assert not Whisper.objects.visible_to(outside).exists()


def test_closed_and_hidden_topics_take_whispers_and_the_site_takes_none(topic, organiser, at):
    Topic.objects.filter(pk=topic.pk).update(closed_at=at, hidden_at=at)
    assert say(Topic.objects.get(pk=topic.pk), organiser, at)
    with pytest.raises(NotAllowed, match="of a group only"):
        say(TopicFactory(category=CategoryFactory()), MemberFactory(is_moderator=True), at)
    Sanction.objects.create(member=organiser, group=topic.category.group, kind="silence", reason="x", starts_at=at)
    with pytest.raises(NotAllowed):
        say(topic, organiser, at, key="k2")


def test_only_its_author_takes_it_back(topic, group, organiser, at):
    whisper, other = say(topic, organiser, at), OrganiserFactory(group=group).member
    with pytest.raises(NotAllowed, match="Only the person who said it"):
        whispers.take_back(author=other, whisper=whisper, at=at)
    for _ in range(2):
        whispers.take_back(author=organiser, whisper=whisper, at=at)
    assert not Whisper.objects.visible_to(other).exists()


def test_the_database_holds_the_key_and_the_place(topic, organiser):
    WhisperFactory(topic=topic, author=organiser, client_key="k")
    with pytest.raises(IntegrityError), transaction.atomic():
        WhisperFactory(topic=topic, author=organiser, client_key="k")
    with pytest.raises(IntegrityError, match="whisper_after_a_post"), transaction.atomic():
        WhisperFactory(topic=topic, author=organiser, after=0)


def test_a_reply_after_it_counts_as_ever(topic, organiser, joined, at):
    say(topic, organiser, at)
    assert posts.reply(author=joined, topic=topic, body="x", client_key="p", at=at).number == 4
    assert recount(repair=False) == []
