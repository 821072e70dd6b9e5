"""Messages become a topic: once, with consent where more people read, and what is taken back goes there too."""

from datetime import timedelta

import pytest

from chat.actions import care, extracts, messages
from chat.models import Citation, Extract, Message, Room
from community import registry
from community.models import LogEntry
from community.verdicts import NotAllowed
from forum.actions import moving, posts
from forum.models import Category, Post, Topic
from notifications.models import Notice
from tests.factories.chat import MessageFactory, RoomFactory, SeatFactory
from tests.factories.community import MembershipFactory
from tests.factories.forum import EnclosureFactory, TalkFactory, TopicFactory

OPEN, MEMBERS, ORGANISERS = Category.Audience.EVERYONE, Category.Audience.MEMBERS, Category.Audience.ORGANISERS
pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(room, group, joined):
    """Three messages by two members."""
    other = MembershipFactory(group=group, member__display_name="Ada *Quill*").member
    return [
        MessageFactory(room=room, author=author, body=body)
        for author, body in ((joined, "Who has a spare 9U?"), (other, "I have.\n\nIn the garage."), (joined, "Mine!"))
    ]


@pytest.fixture
def make(room, joined, group, at):
    def made(numbers=(1, 2), audience=MEMBERS, **given):
        category = given.pop("category", None) or TalkFactory(group=group, visible_to_whom=audience)
        told = {"actor": joined, "room": room, "category": category, "title": "A rack", "at": at}
        return extracts.make(numbers=numbers, **told | given)

    return made


def body_of(extract):
    return Post.objects.get(topic=extract.topic_id, number=1).body


def test_the_topic_cites_by_number_with_author_and_time_and_both_link(make, room, talk):
    made = make((2, 1, 2))
    assert body_of(made) == (
        f"**{talk[0].author.shown_name}**, [1 January 2025, 09:00](/chat/{room.pk}/?at=1#m1)\n\n> Who has a spare 9U?\n"
        f"\n**Ada \\*Quill\\***, [1 January 2025, 09:00](/chat/{room.pk}/?at=2#m2)\n\n> I have.\n>\n> In the garage.\n"
    )
    assert (made.topic.origin_url, made.topic.author) == (f"/chat/{room.pk}/?at=1#m1", made.made_by)
    found = list(Message.objects.order_by("seq").values_list("cited_in", "changed_seq"))
    assert found == [(made.topic_id, 4), (made.topic_id, 5), (None, 3)]
    assert Room.objects.get(pk=room.pk).last_seq == 5


def test_doing_it_twice_gives_the_same_topic_whoever_does_it(make, group, organiser, talk):
    first = make((1, 2), category=(category := TalkFactory(group=group, visible_to_whom=MEMBERS)))
    assert make([2, 1], category=category) == first
    assert make((1, 2), category=category, actor=organiser, title="Another name") == first
    assert make((1,), category=category) != first
    assert Topic.objects.count() == 2


@pytest.mark.parametrize(
    ("seated", "audience", "asks"),
    [
        (False, MEMBERS, False),
        (False, OPEN, True),
        (True, MEMBERS, True),
        (True, ORGANISERS, False),
    ],
)
def test_others_words_wait_where_more_people_would_read_them(make, room, talk, organiser, seated, audience, asks):
    if seated:
        Room.objects.update(audience=Room.Audience.SEATED)
        SeatFactory(room=room, member=talk[0].author)
    made = make((1, 2), audience, actor=organiser if audience == ORGANISERS else talk[0].author)
    assert made.citations.get(message=talk[1]).state == ("asked" if asks else "stands")
    assert ("garage" in body_of(made)) is not asks
    told = set(Notice.objects.filter(kind="chat.asked").values_list("recipient", flat=True))
    assert told == ({talk[1].author_id} if asks else set())


def test_another_groups_place_is_always_wider(make, talk, joined):
    elsewhere = MembershipFactory(member=joined).group
    made = make((1, 2), category=TalkFactory(group=elsewhere, visible_to_whom=MEMBERS))
    assert made.citations.get(message=talk[1]).state == "asked"


def test_a_yes_puts_the_words_in_their_place_and_a_no_keeps_them_out(make, talk, room, joined, at):
    made = make((1, 2, 3), OPEN)
    waiting = made.citations.get(message=talk[1])
    with pytest.raises(NotAllowed, match="Only the one who said it"):
        extracts.answer(member=joined, citation=waiting, agrees=True, at=at)
    extracts.answer(member=talk[1].author, citation=waiting, agrees=False, at=at)
    assert "garage" not in body_of(made)
    for _ in range(2):
        extracts.answer(member=talk[1].author, citation=waiting, agrees=True, at=at)
    body = body_of(made)
    assert [body.index(word) for word in ("spare", "garage", "Mine")] == sorted(
        body.index(word) for word in ("spare", "garage", "Mine")
    )
    assert body.count("garage") == 1


def test_the_topic_begins_with_the_first_yes(make, talk, room, at):
    made = make((2,), OPEN)
    assert (made.topic, Topic.objects.count()) == (None, 0)
    extracts.answer(member=talk[1].author, citation=made.citations.get(), agrees=True, at=at)
    made.refresh_from_db()
    assert "garage" in body_of(made)


def test_a_moderators_decision_is_recorded_and_told(make, talk, organiser, joined):
    with pytest.raises(NotAllowed, match="authors can be asked"):
        make((1, 2), OPEN, decided_why="Everyone asks this")
    made = make((1, 2), OPEN, actor=organiser, decided_why="Everyone asks this")
    assert "garage" in body_of(made)
    assert "Everyone asks this" in LogEntry.objects.get(kind="room.extracted").text
    told = Notice.objects.filter(kind="chat.decided", excerpt="Everyone asks this")
    assert set(told.values_list("recipient", flat=True)) == {talk[0].author_id, talk[1].author_id}


def test_what_is_taken_back_hidden_or_changed_later_is_so_in_the_topic(make, talk, at):
    made = make((1, 2, 3))
    messages.edit(author=talk[2].author, message=talk[2], body="Mine, please", at=at)
    messages.remove(author=talk[1].author, message=talk[1], at=at)
    messages.hide(message_id=talk[0].pk, at=at)
    body = body_of(made)
    assert "garage" not in body
    assert "spare" not in body
    assert "> *Taken back by its author.*" in body
    assert "> *Hidden by a moderator.*" in body
    assert "> Mine, please" in body
    assert "garage" not in Post.objects.get(topic=made.topic_id).body_html
    messages.restore(message_id=talk[0].pk, at=at)
    assert "> Who has a spare 9U?" in body_of(made)


def test_words_written_around_the_citations_stay(make, talk, at):
    made = make((1, 2))
    post = Post.objects.get(topic=made.topic_id)
    post.body = f"What we found:\n\n{post.body}\nThat is all."
    post.save()
    messages.remove(author=talk[1].author, message=talk[1], at=at)
    body = body_of(made)
    assert body.startswith("What we found:\n\n**")
    assert body.rstrip().endswith("> *Taken back by its author.*\n\nThat is all.")


def test_earlier_versions_of_the_topic_keep_nothing_either(make, talk, joined, at):
    made = make((1, 2))
    post = Post.objects.get(topic=made.topic_id)
    later = at + timedelta(hours=2)
    posts.edit(author=joined, post=post, body=f"{post.body}\nThat is all.", reason="Rounded off", at=later)
    messages.remove(author=talk[1].author, message=talk[1], at=at)
    assert ["garage" in revision.body for revision in post.revisions.order_by("number")] == [False, False]


def test_the_words_are_followed_into_the_topic_that_theirs_was_joined_to(make, talk, organiser, at):
    made = make((1, 2, 3), OPEN)
    waiting = made.citations.get(message=talk[1])
    for _ in range(2):
        post = Post.objects.get(body__contains="Mine")
        moving.merge(actor=organiser, topic=post.topic, into=TopicFactory(category=made.category), at=at)
    post.refresh_from_db()
    assert (post.topic_id == made.topic_id, post.number) == (False, 3)
    extracts.answer(member=talk[1].author, citation=waiting, agrees=True, at=at)
    messages.remove(author=talk[0].author, message=talk[0], at=at)
    post.refresh_from_db()
    assert [word in post.body_html for word in ("spare", "Taken back", "garage", "Mine")] == [False, True, True, True]


def test_a_post_that_quotes_them_is_followed_into_a_topic_of_its_own(make, talk, organiser, joined, at):
    made = make((1, 2))
    body = f"I kept this:\n\n{body_of(made)}"
    quoting = posts.reply(author=joined, topic=made.topic, body=body, client_key="key-00001", at=at)
    new = moving.split(
        actor=organiser, topic=made.topic, numbers=[quoting.number], title="Kept", place=made.category, at=at
    )
    messages.remove(author=talk[1].author, message=talk[1], at=at)
    post = Post.objects.get(topic=new)
    assert ("garage" in post.body, "spare" in post.body, "garage" in body_of(made)) == (False, True, False)


def test_what_else_stands_in_the_topic_is_drawn_as_before(make, talk, joined, at):
    """A picture that was sent for the post is still one once a citation beside it was taken down."""
    made = make((1, 2))
    post = Post.objects.get(topic=made.topic_id)
    sent = EnclosureFactory(member=joined)
    body = f"{post.body}\n![The rack](/forum/pictures/{sent.key})"
    posts.edit(author=joined, post=post, body=body, at=at)
    messages.remove(author=talk[1].author, message=talk[1], at=at)
    post.refresh_from_db()
    assert ("garage" in post.body, f'<img src="/forum/pictures/{sent.key}"' in post.body_html) == (False, True)


def test_a_departed_authors_name_leaves_the_topic_and_the_words_stay(make, talk, at):
    made = make((1, 2))
    asked = make((3, 2), OPEN)
    registry.announce("departed", member=talk[1].author, at=at)
    body = body_of(made)
    assert ("Quill" in body, "**a former member**, [" in body, "In the garage" in body) == (False, True, True)
    assert asked.citations.get(message=talk[1]).state == "refused"


@pytest.mark.parametrize("numbers", [(), (99,), range(1, 60)])
def test_nothing_comes_of_nothing(make, talk, numbers):
    with pytest.raises(NotAllowed):
        make(numbers)
    assert not Extract.objects.exists()


def test_outsiders_make_nothing_of_it(make, talk, member, group):
    with pytest.raises(NotAllowed, match="no such room"):
        make((1,), actor=member)
    foreign = TalkFactory(visible_to_whom=MEMBERS)
    with pytest.raises(NotAllowed):
        make((1,), category=foreign)
    assert not Topic.objects.exists()


def test_what_is_cited_or_pinned_outlives_what_a_room_keeps(make, talk, room, organiser, at):
    from chat.actions import marks, retention

    other = RoomFactory(group=room.group)
    kept = MessageFactory(room=other)
    make((1,))
    marks.pin(actor=organiser, message=talk[1], is_pinned=True, at=at)
    newest = MessageFactory(room=room, created_at=at)
    old = MessageFactory(room=room)
    MessageFactory(room=room, created_at=at)
    care.set_keeping(actor=organiser, room=room, keep_days=30, at=at)
    assert retention.forget(at) == 2
    assert retention.forget(at) == 0
    left = set(Message.objects.values_list("pk", flat=True))
    assert {kept.pk, talk[0].pk, talk[1].pk, newest.pk} < left
    assert not left & {talk[2].pk, old.pk}
    room.refresh_from_db()
    assert room.message_count == Message.objects.filter(room=room).count()


def test_what_is_held_of_a_member_is_exported(make, talk, joined):
    make((1, 2), OPEN)
    rows = {who: registry.exports(who)["chat-citations"] for who in (joined, talk[1].author)}
    assert [row["state"] for row in rows[talk[1].author]] == ["asked"]
    assert {(row["state"], row["made_by_you"]) for row in rows[joined]} == {("asked", True), ("stands", True)}
    assert Citation.objects.count() == 2
