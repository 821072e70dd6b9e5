"""An evening written up: begun from what is known, one post, changed there; and who may read what of its room."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from time_machine import travel

from chat.actions import messages as chatting
from chat.models import Message, Room, Star
from community import registry
from community.models import Group, Member
from community.verdicts import NotAllowed
from forum.models import Category, Post, Topic
from meetups.actions import recaps
from meetups.models import AgendaItem, Attendance, Meetup, Recap
from meetups.queries import recaps as queries
from tests.factories.chat import MessageFactory, RoomFactory, SeatFactory
from tests.factories.community import MemberFactory, OrganiserFactory
from tests.factories.forum import TalkFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, PointFactory, RsvpFactory

pytestmark = pytest.mark.usefixtures("now")
SignIn = Callable[[Member], Client]
HOUR = timedelta(hours=1)
MEMBERS, EVERYONE = Category.Audience.MEMBERS, Category.Audience.EVERYONE


@pytest.fixture
def place(group: Group) -> Category:
    return TalkFactory(group=group, visible_to_whom=EVERYONE)


@pytest.fixture
def meetup(group: Group, place: Category) -> Meetup:
    return MeetupFactory(group=group, title="Leeds evening")


@pytest.fixture
def room(meetup: Meetup) -> Room:
    meetup.room = RoomFactory(group=meetup.group, audience=Room.Audience.SEATED)
    meetup.save(update_fields=["room"])
    return meetup.room


def keep(actor: Member, meetup: Meetup, body: str = "We met.", version: int = 0) -> Recap:
    return recaps.keep(actor=actor, meetup=meetup, body=body, version=version, at=meetup.ends_at + HOUR)


def publish(actor: Member, meetup: Meetup) -> Recap:
    return recaps.publish(actor=actor, meetup=meetup, at=meetup.ends_at + HOUR)


def test_organisers_once_it_is_over(meetup: Meetup, organiser: Member, joined: Member) -> None:
    with pytest.raises(NotAllowed, match="not over yet"):
        recaps.keep(actor=organiser, meetup=meetup, body="x", at=meetup.ends_at - HOUR)
    with pytest.raises(NotAllowed, match="organisers"):
        keep(joined, meetup)
    with pytest.raises(NotAllowed, match="no recap yet"):
        publish(organiser, meetup)
    Meetup.objects.update(state="cancelled")
    meetup.refresh_from_db()
    with pytest.raises(NotAllowed, match="did not take place"):
        keep(organiser, meetup)


def test_twice_gives_one_post(meetup: Meetup, organiser: Member, room: Room) -> None:
    keep(organiser, meetup, "We **met**.")
    second = OrganiserFactory(group=meetup.group).member
    first, again = publish(organiser, meetup), publish(second, meetup)
    assert first.post == again.post
    topic = Topic.objects.get()
    assert list(Post.objects.order_by("number").values_list("topic", "author"))[1:] == [(topic.pk, organiser.pk)]
    assert (topic.posts.get(number=2).body, Recap.objects.get().body) == ("We **met**.", "")
    room.refresh_from_db()
    meetup.refresh_from_db()
    assert (room.closed_at, meetup.topic) == (meetup.ends_at + HOUR, topic)


def test_later_changes_are_made_in_the_same_post_whoever_makes_them(meetup: Meetup, organiser: Member) -> None:
    keep(organiser, meetup)
    post = publish(organiser, meetup).post
    assert post is not None
    second = OrganiserFactory(group=meetup.group).member
    changed = keep(second, meetup, "We met, and ate.", version=1)
    post.refresh_from_db()
    assert (post.body, post.author, changed.version) == ("We met, and ate.", organiser, 2)
    assert list(post.revisions.order_by("number").values_list("editor", "body")) == [
        (organiser.pk, "We met."),
        (second.pk, "We met, and ate."),
    ]
    with pytest.raises(recaps.Overtaken):
        keep(organiser, meetup, "We only met.", version=1)
    Post.objects.filter(pk=post.pk).update(hidden_at=meetup.ends_at)
    with pytest.raises(NotAllowed, match="taken down"):
        keep(organiser, meetup, "Again.", version=2)


def test_nobody_writes_over_a_draft(meetup: Meetup, organiser: Member) -> None:
    keep(organiser, meetup)
    assert keep(organiser, meetup, version=0).version == 1
    with pytest.raises(recaps.Overtaken):
        keep(organiser, meetup, "Other words.", version=0)
    with pytest.raises(NotAllowed, match="few words"):
        keep(organiser, meetup, "  ", version=1)


def test_the_database_keeps_the_words_in_one_place(meetup: Meetup, organiser: Member) -> None:
    keep(organiser, meetup)
    for facts in ({"body": ""}, {"published_at": meetup.ends_at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recap.objects.update(**facts)


def test_it_begins_with_what_is_known_and_counts_people(meetup: Meetup, organiser: Member) -> None:
    for number in range(3):
        AgendaItemFactory(
            meetup=meetup, title=f"Talk *{number}*", speaker_name="Ann_B" if number == 1 else "", position=number
        )
    AgendaItemFactory(meetup=meetup, title="Pizza", kind=AgendaItem.Kind.BREAK, position=4)
    named = MemberFactory(display_name="Nadia Known")
    RsvpFactory(meetup=meetup, member=named)
    Attendance.objects.create(meetup=meetup, member=named, checked_in_at=meetup.starts_at)
    Attendance.objects.create(meetup=meetup, walk_in_name="Zoe", checked_in_at=meetup.starts_at)
    PointFactory(meetup=meetup, text="Who pays?")
    PointFactory(meetup=meetup, text="Book the room", kind="action", owner=organiser)
    PointFactory(meetup=meetup, text="Settled", settled_at=meetup.starts_at)
    words = queries.begin(meetup, organiser)
    assert words == (
        "2 of us were there.\n\n## What we talked about\n\n"
        "- 18:30 Talk \\*0\\*\n- 18:50 Talk \\*1\\* (Ann\\_B)\n- 19:10 Talk \\*2\\*\n\n"
        "## Decisions\n\n- \n\n## Links\n\n- \n\n"
        f"## Left open\n\n- Who pays?\n- To do: Book the room ({organiser.shown_name})\n"
    )


class TestTheRoom:
    """Only as far as the rule of topics made of messages goes."""

    @pytest.fixture
    def said(self, room: Room, organiser: Member) -> list[Message]:
        others = MemberFactory(display_name="Ada Quill")
        pinned = MessageFactory(room=room, author=others, body="The form is on page 3", pinned_at=room.created_at)
        mine = MessageFactory(room=room, author=organiser, body="See https://example.org/form")
        kept = MessageFactory(room=room, author=others, body="Charge by the hour")
        for _ in range(2):
            Star.objects.create(message=kept, member=MemberFactory(), created_at=room.created_at)
        once = MessageFactory(room=room, author=others, body="Nice pizza")
        Star.objects.create(message=once, member=organiser, created_at=room.created_at)
        return [pinned, mine, kept, once]

    def test_where_more_people_read_it_others_words_are_counted_only(
        self, meetup: Meetup, organiser: Member, room: Room, said: list[Message]
    ) -> None:
        words = queries.begin(meetup, organiser)
        assert [each.body in words for each in said] == [False, True, False, False]
        assert f"[1 pinned message]({room.get_absolute_url()}), for those who were in the room" in words
        assert "[1 message several of us kept]" in words
        assert "Ada Quill" not in words

    def test_where_no_more_people_read_it_they_are_cited(
        self, meetup: Meetup, organiser: Member, room: Room, place: Category, said: list[Message]
    ) -> None:
        Category.objects.update(visible_to_whom=MEMBERS)
        Room.objects.update(audience=Room.Audience.GROUP)
        fresh = Meetup.objects.select_related("room", "group").get(pk=meetup.pk)
        words = queries.begin(fresh, organiser)
        assert [each.body in words for each in said] == [True, True, True, False]
        assert "Ada Quill" in words

    def test_what_is_cited_by_hand_without_leave_is_refused(
        self, meetup: Meetup, organiser: Member, room: Room, said: list[Message]
    ) -> None:
        body = f"**Ada Quill**, [today]({said[0].get_absolute_url()})\n\n> The form is on page 3\n"
        keep(organiser, meetup, body)
        with pytest.raises(NotAllowed, match="Ada Quill said that among fewer people"):
            publish(organiser, meetup)
        assert not Topic.objects.exists()
        assert Recap.objects.get().published_at is None

    def test_what_is_taken_back_in_the_room_is_taken_back_here(
        self, meetup: Meetup, organiser: Member, room: Room, said: list[Message]
    ) -> None:
        SeatFactory(room=room, member=organiser)
        Room.objects.update(audience=Room.Audience.SEATED, closed_at=None)
        keep(organiser, meetup, queries.begin(meetup, organiser))
        post = publish(organiser, meetup).post
        assert post is not None
        assert "example.org/form" in post.body
        said[1].refresh_from_db()
        assert said[1].cited_in_id == post.topic_id
        chatting.hide(message_id=said[1].pk, at=meetup.ends_at + HOUR)
        post.refresh_from_db()
        assert ("example.org/form" in post.body, "Hidden by a moderator" in post.body) == (False, True)

    def test_the_draft_is_refreshed_when_it_is_published(
        self, meetup: Meetup, organiser: Member, room: Room, said: list[Message]
    ) -> None:
        keep(organiser, meetup, queries.begin(meetup, organiser))
        Message.objects.filter(pk=said[1].pk).update(hidden_at=meetup.ends_at)
        post = publish(organiser, meetup).post
        assert post is not None
        assert "example.org/form" not in post.body


def test_the_pages(meetup: Meetup, organiser: Member, joined: Member, client: Client, signed_in: SignIn) -> None:
    running, url = signed_in(organiser), f"{meetup.get_absolute_url()}recap/"
    AgendaItemFactory(meetup=meetup, title="Late payers")
    with travel(meetup.ends_at + HOUR, tick=False):
        assert "Write the recap" in running.get(meetup.get_absolute_url()).content.decode()
        page = running.get(url).content.decode()
        assert ("- 18:30 Late payers" in page, "everyone can read" in page) == (True, True)
        assert signed_in(joined).get(url).status_code == 403
        looked = running.post(url, {"body": "We **met**.", "version": "0", "preview": "1"}).content.decode()
        assert ("<strong>met</strong>" in looked, "We **met**." in looked, Recap.objects.count()) == (True, True, 0)
        assert running.post(url, {"body": "", "version": "0"}).status_code == 422
        running.post(url, {"body": "We **met**.", "version": "0", "do": "keep"})
        late = running.post(url, {"body": "Mine.", "version": "0", "do": "keep"})
        page = late.content.decode()
        assert (late.status_code, "What stands there now" in page, 'value="1"' in page) == (422, True, True)
        gone = running.post(url, {"body": "We **met** again.", "version": "1", "do": "publish"})
        post = Recap.objects.get().post
        assert post is not None
        assert gone["Location"] == post.get_absolute_url()
        outside = client.get(meetup.get_absolute_url()).content.decode()
        assert ("Read what was said" in outside, post.get_absolute_url() in outside) == (True, True)
        Category.objects.update(visible_to_whom=MEMBERS)
        for who, sees in ((client, False), (signed_in(joined), True)):
            assert ("Read what was said" in who.get(meetup.get_absolute_url()).content.decode()) is sees


def test_a_group_without_a_forum_keeps_its_draft(group: Group, organiser: Member, signed_in: SignIn) -> None:
    meetup = MeetupFactory(group=group)
    with travel(meetup.ends_at + HOUR, tick=False):
        page = signed_in(organiser).post(
            f"{meetup.get_absolute_url()}recap/", {"body": "We met.", "version": "0", "do": "publish"}
        )
    assert (page.status_code, "no forum yet" in page.content.decode()) == (422, True)
    assert Recap.objects.get().published_at is None


def test_the_download(meetup: Meetup, organiser: Member) -> None:
    keep(organiser, meetup)
    assert [row["text"] for row in registry.exports(organiser)["recaps"]] == ["We met."]


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_beginning_costs(
    meetup: Meetup, organiser: Member, room: Room, django_assert_num_queries, count: int
) -> None:
    for _ in range(count):
        AgendaItemFactory(meetup=meetup, speaker=MemberFactory())
        PointFactory(meetup=meetup, owner=MemberFactory())
        MessageFactory(room=room, body="https://example.org", author=organiser)
        RsvpFactory(meetup=meetup)
    fresh = Meetup.objects.select_related("room__group", "group", "topic").get(pk=meetup.pk)
    with django_assert_num_queries(9):
        queries.begin(fresh, organiser)
