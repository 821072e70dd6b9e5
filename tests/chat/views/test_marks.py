"""One message by itself, and the page of those who look after a room; all without a script."""

import pytest

from chat.actions import marks
from chat.models import Message, Reaction, Room, Seat, Star
from tests.factories.chat import MessageFactory, RoomFactory
from tests.factories.community import MembershipFactory


@pytest.fixture
def message(room, group):
    return MessageFactory(room=room, author=MembershipFactory(group=group).member)


def test_reacting_keeping_and_pinning_by_forms(room, message, organiser, signed_in):
    client, here = signed_in(organiser), f"/chat/{room.pk}/{message.seq}/"
    assert message.body in client.get(here).text
    for act, given in (("react", {"face": "cheers", "on": "yes"}), ("star", {"on": "yes"}), ("pin", {"on": "yes"})):
        answer = client.post(f"{here}{act}/", given)
        assert answer.headers["Location"] == message.get_absolute_url()
    assert list(Reaction.objects.values_list("face", flat=True)) == ["cheers"]
    assert Message.objects.exclude(pinned_at=None).count() == 1
    text = client.get(here).text
    assert "No longer keep it" in text
    assert "Take the pin out" in text
    assert message.body in client.get("/chat/starred/").text
    assert "1 pinned" in client.get(f"/chat/{room.pk}/").text
    client.post(f"{here}star/", {"on": "no"})
    assert not Star.objects.exists()
    assert client.post(f"{here}react/", {"face": "shout"}).status_code == 404


def test_a_member_may_not_pin_and_is_told_so(room, message, joined, signed_in):
    client = signed_in(joined)
    assert "Pin it for everyone" not in client.get(f"/chat/{room.pk}/{message.seq}/").text
    answer = client.post(f"/chat/{room.pk}/{message.seq}/pin/", follow=True)
    assert "Only those who look after this group" in answer.text
    assert not Message.objects.exclude(pinned_at=None).exists()


def test_what_is_kept_leaves_the_list_with_the_room(room, message, joined, at, signed_in):
    marks.star(member=joined, message=message, is_starred=True, at=at)
    client = signed_in(joined)
    assert message.body in client.get("/chat/starred/").text
    joined.memberships.update(ends_on=at.date(), starts_on=at.date())
    assert message.body not in client.get("/chat/starred/").text


def test_answering_without_a_script(room, message, joined, signed_in):
    client = signed_in(joined)
    page = client.get(f"/chat/{room.pk}/?answer={message.seq}")
    assert f"Answering {message.author.shown_name}" in page.text
    given = {"body": "Quite", "key": "key-of-the-page", "answers": message.seq}
    client.post(f"/chat/{room.pk}/say/", given)
    assert Message.objects.get(body="Quite").answers == message


def test_those_who_look_after_a_room_do_it_on_its_page(room, joined, organiser, signed_in):
    client, here = signed_in(organiser), f"/chat/{room.pk}/care/"
    assert client.get(here).status_code == 200
    client.post(f"{here}pace/", {"seconds": 30})
    given = {"handle": f"@{joined.handle}", "minutes": 60, "why": "Off topic"}
    client.post(f"{here}silence/", given)
    client.post(f"{here}hours/", {"opens_at": "2026-12-01T10:00", "closes_at": ""})
    room.refresh_from_db()
    assert (room.slow_seconds, room.opens_at.isoformat()) == (30, "2026-12-01T10:00:00+00:00")
    assert Seat.objects.get(member=joined).silenced_why == "Off topic"
    assert "Off topic" in client.get(here).text
    client.post(f"{here}heard/{joined.pk}/")
    client.post(f"{here}close/", {"on": "yes"})
    room.refresh_from_db()
    assert (Seat.objects.get(member=joined).silenced_until, room.closed_at is None) == (None, False)


@pytest.mark.parametrize(
    ("act", "given", "words"),
    [
        ("pace", {"seconds": "77"}, "Select a valid choice"),
        ("silence", {"handle": "nobody", "minutes": 60, "why": "x"}, "Nobody of that handle is in this room"),
        ("hours", {"opens_at": "soon"}, "Enter a valid date/time"),
    ],
)
def test_what_cannot_be_done_is_said_and_kept(room, organiser, signed_in, act, given, words):
    answer = signed_in(organiser).post(f"/chat/{room.pk}/care/{act}/", given)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert list(Room.objects.values_list("slow_seconds", "opens_at")) == [(0, None)]


def test_another_room_is_opened_by_its_name(group, organiser, joined, signed_in):
    here = f"/groups/{group.slug}/chat/new/"
    assert signed_in(joined).get(here).status_code == 403
    client = signed_in(organiser)
    assert client.post(here, {"title": ""}).status_code == 422
    answer = client.post(here, {"title": "Kit and cables"})
    assert answer.headers["Location"] == Room.objects.get(title="Kit and cables").get_absolute_url()


def test_a_stranger_finds_no_message(room, message, member, signed_in):
    other = RoomFactory(group=room.group)
    client = signed_in(member)
    assert client.get(f"/chat/{room.pk}/{message.seq}/").status_code == 404
    assert client.get(f"/chat/{other.pk}/care/").status_code == 404
