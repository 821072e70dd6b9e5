"""Words in one room: only there, only what stands, only for who sees it."""

import pytest

from chat.actions import messages
from community.models import Block
from tests.factories.chat import MessageFactory, RoomFactory


@pytest.fixture
def look_for(room, joined, signed_in):
    client = signed_in(joined)
    return lambda words, number=room.pk: client.get(f"/chat/{number}/search/", {"q": words})


def test_all_words_are_found_the_newest_first(look_for, room):
    for body in ("The gate is open", "Gate, yard, open at SIX", "The yard"):
        MessageFactory(room=room, body=body)
    MessageFactory(room=RoomFactory(group=room.group), body="Another open gate")
    assert [m.seq for m in look_for("open gate").context["messages_found"]] == [2, 1]
    assert [m.seq for m in look_for("six").context["messages_found"]] == [2]
    assert "?at=2#m2" in look_for("six").text
    assert "Nothing here holds all these words" in look_for("gate kettle").text
    assert look_for("").context["messages_found"] == []
    assert [m.seq for m in look_for("100%_").context["messages_found"]] == []


def test_what_was_taken_down_is_not_found_and_the_blocked_are_folded(look_for, room, joined, at):
    back = MessageFactory(room=room, author=joined, body="A rash word")
    hidden = MessageFactory(room=room, body="A rash thing")
    other = MessageFactory(room=room, body="A rash person")
    messages.hide(message_id=hidden.pk, at=at)
    messages.remove(author=joined, message=back, at=at)
    Block.objects.create(member=joined, blocked=other.author, created_at=at)
    answer = look_for("rash")
    assert [m.pk for m in answer.context["messages_found"]] == [other.pk]
    assert "From someone you blocked" in answer.text


def test_a_room_one_may_not_see_does_not_exist(room, member, signed_in):
    assert signed_in(member).get(f"/chat/{room.pk}/search/", {"q": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_for_one_and_three(look_for, room, count, django_assert_num_queries):
    MessageFactory.create_batch(count, room=room, body="Same")
    look_for("same")
    with django_assert_num_queries(5):
        look_for("same")
