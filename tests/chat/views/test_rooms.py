"""The room's page: what it shows, to whom, and at what cost."""

from datetime import timedelta

import pytest

from chat.actions import messages as verbs
from chat.models import Message, Room, Seat
from community.models import Block
from tests.factories.chat import MessageFactory, RoomFactory
from tests.factories.community import MembershipFactory


@pytest.fixture
def look_in(room, joined, signed_in):
    client = signed_in(joined)

    def get(path="", **query):
        return client.get(f"/chat/{room.pk}/{path}", query)

    get.client = client
    return get


def test_a_visitor_signs_in_first_and_an_outsider_finds_nothing(room, member, client, signed_in):
    assert client.get(f"/chat/{room.pk}/").headers["Location"].startswith("/account/login/")
    assert signed_in(member).get(f"/chat/{room.pk}/").status_code == 404
    assert signed_in(member).get("/chat/99999/").status_code == 404
    assert signed_in(member).get(f"/chat/{room.pk}/after/?seq=0").status_code == 404
    assert signed_in(member).post(f"/chat/{room.pk}/say/", {"body": "x", "key": "k" * 8}).status_code == 404


def test_an_empty_room_offers_the_first_step(look_in):
    answer = look_in()
    assert answer.status_code == 200
    assert "Put the kettle on and say hello" in answer.text


def test_the_history_reads_without_a_script(look_in, room, joined, at):
    other = MembershipFactory(group=room.group, member__display_name="Ada Quill").member
    for n, author in enumerate([other, other, joined]):
        MessageFactory(room=room, author=author, body=f"Words {n}", created_at=at + timedelta(minutes=n))
    MessageFactory(room=room, author=other, body="Next morning", created_at=at + timedelta(hours=18))
    text = look_in().text
    assert [text.count(f"<p>Words {n}</p>") for n in range(3)] == [1, 1, 1]
    assert text.count('class="said said-first"') == 2
    assert text.count('class="said"') == 1
    assert text.count('class="said said-first said-mine"') == 1
    assert text.count('class="chat-day"') == 2
    assert 'id="m4"' in text
    assert f'data-seq="{4}"' in text


def test_what_was_taken_back_or_hidden_leaves_its_place_and_no_words(look_in, room, joined, at):
    rash, spam = MessageFactory(room=room, author=joined, body="Rash"), MessageFactory(room=room, body="Spam")
    verbs.remove(author=joined, message=rash, at=at)
    verbs.hide(message_id=spam.pk, at=at)
    text = look_in().text
    assert "Rash" not in text
    assert "Spam" not in text
    assert "Taken back by its author." in text
    assert "Hidden by a moderator." in text


def test_words_of_somebody_blocked_are_folded(look_in, room, joined, at):
    theirs, others = MessageFactory(room=room), MessageFactory(room=room)
    Block.objects.create(member=joined, blocked=theirs.author, created_at=at)
    answer = look_in()
    assert answer.text.count("From someone you blocked") == 1
    assert f'data-blocked="{theirs.author_id}"' in answer.text
    assert others.body in answer.text


def test_the_unread_line_stands_before_the_first_unread_and_reading_moves_it(look_in, room, joined, at):
    MessageFactory.create_batch(3, room=room)
    assert 'id="unread"' not in look_in().text
    assert Seat.objects.get(member=joined).last_read_seq == 3
    MessageFactory.create_batch(2, room=room)
    text = look_in().text
    assert text.index('id="m3"') < text.index('id="unread"') < text.index('id="m4"')
    assert 'id="unread"' not in look_in().text


def test_other_rooms_say_how_much_is_new_there(look_in, room, joined, at):
    beside = RoomFactory(group=room.group, title="Kit")
    theirs = MessageFactory.create_batch(3, room=beside)
    MessageFactory(room=beside, author=joined)
    verbs.hide(message_id=theirs[2].pk, at=at)
    assert "2 new" in look_in().text
    look_in.client.get(f"/chat/{beside.pk}/")
    assert "new</span>" not in look_in().text


def test_pages_by_number_and_permalinks(look_in, room):
    made = MessageFactory.create_batch(130, room=room)
    newest = look_in()
    assert [line.message.seq for line in newest.context["history"].lines] == list(range(71, 131))
    assert "?before=71" in newest.text
    earlier = look_in(before=71)
    assert [line.message.seq for line in earlier.context["history"].lines] == list(range(11, 71))
    assert "data-newest" not in earlier.text
    first = look_in(before=11)
    assert [line.message.seq for line in first.context["history"].lines] == list(range(1, 11))
    assert "chat-earlier" not in first.text
    around = look_in(at=40)
    seen = [line.message.seq for line in around.context["history"].lines]
    assert seen == list(range(11, 71))
    assert made[39].get_absolute_url() == f"/chat/{room.pk}/?at=40#m40"
    assert look_in(at=10**18, before="x").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_with_one_message_and_with_three(look_in, room, joined, count, django_assert_num_queries):
    for n in range(count):
        RoomFactory(group=room.group)
        MessageFactory(room=room, author=joined if n else room.group.memberships.first().member)
    look_in()
    with django_assert_num_queries(11):
        assert look_in().status_code == 200


def test_saying_without_a_script(look_in, room, joined):
    answer = look_in.client.post(f"/chat/{room.pk}/say/", {"body": "Hello from a form", "key": "key-of-the-page"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/chat/{room.pk}/#m1"
    look_in.client.post(f"/chat/{room.pk}/say/", {"body": "Hello from a form", "key": "key-of-the-page"})
    assert list(Message.objects.values_list("author", "body")) == [(joined.pk, "Hello from a form")]


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"body": "", "key": "key-of-page"}, 422, "Write something first."),
        ({"body": "x" * 4001, "key": "key-of-page"}, 422, "At most 4000 characters fit here."),
        ({"body": "Hello", "key": "no"}, 422, "send it once more"),
        ({"body": "Hello", "key": ""}, 422, "send it once more"),
    ],
)
def test_what_cannot_be_said_comes_back_with_the_reason(look_in, room, typed, status, words):
    answer = look_in.client.post(f"/chat/{room.pk}/say/", typed)
    assert (answer.status_code, words in answer.text, typed["body"] in answer.text) == (status, True, True)
    assert not Message.objects.exists()


def test_a_used_key_keeps_the_other_words(look_in, room):
    look_in.client.post(f"/chat/{room.pk}/say/", {"body": "First", "key": "key-of-page"})
    answer = look_in.client.post(f"/chat/{room.pk}/say/", {"body": "Second", "key": "key-of-page"})
    assert (answer.status_code, "Second" in answer.text) == (409, True)
    assert 'value="key-of-page"' not in answer.text


def test_a_closed_room_is_read_only_and_keeps_what_was_typed(look_in, room, at):
    Room.objects.update(closed_at=at - timedelta(days=900))
    answer = look_in.client.post(f"/chat/{room.pk}/say/", {"body": "Too late?", "key": "key-of-page"})
    assert answer.status_code == 403
    assert "This room is closed" in answer.text
    assert "Too late?" in answer.text


def test_changing_and_taking_back_ones_own_words(look_in, room, joined):
    mine, theirs = MessageFactory(room=room, author=joined), MessageFactory(room=room)
    assert look_in(f"{theirs.seq}/edit/").status_code == 404
    assert mine.body in look_in(f"{mine.seq}/edit/").text
    assert look_in.client.post(f"/chat/{room.pk}/{mine.seq}/edit/", {"body": ""}).status_code == 422
    assert (
        look_in.client.post(f"/chat/{room.pk}/{mine.seq}/edit/", {"body": "Better"}).headers["Location"].endswith("#m1")
    )
    assert "edited" in look_in().text
    assert look_in.client.post(f"/chat/{room.pk}/{theirs.seq}/remove/").status_code == 404
    look_in.client.post(f"/chat/{room.pk}/{mine.seq}/remove/")
    mine.refresh_from_db()
    assert (mine.body, mine.deleted_at is None, mine.changed_seq) == ("Better", False, 4)


def test_what_came_after_by_an_ordinary_request(look_in, room):
    MessageFactory.create_batch(3, room=room)
    frames = look_in("after/", seq=1).json()["frames"]
    assert [(f["type"], f["seq"], f["number"]) for f in frames] == [("message.added", 2, 2), ("message.added", 3, 3)]
    assert look_in("after/", seq=77).json() == {"afresh": True}


def test_the_groups_chat_leads_to_its_room_and_tells_others_how_to_come_in(room, joined, member, client, signed_in):
    address = f"/groups/{room.group.slug}/chat/"
    assert signed_in(joined).get(address).headers["Location"] == f"/chat/{room.pk}/"
    for someone in (client, signed_in(member)):
        answer = someone.get(address)
        assert (answer.status_code, "This room is for the group" in answer.text) == (403, True)
    assert client.get("/groups/nowhere/chat/").status_code == 404


def test_a_group_without_a_room_gets_one_when_a_member_asks(group, joined, signed_in):
    assert signed_in(joined).get(f"/groups/{group.slug}/chat/").status_code == 302
    assert Room.objects.get().is_main
