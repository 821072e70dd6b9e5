"""Saying, editing, removing: rows, numbers, and what open pages hear."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat import streams
from chat.actions import messages, rooms
from chat.models import Message, Room, Seat
from community.models import Block, Sanction
from community.verdicts import NotAllowed
from notifications.models import Notice
from tests.factories.chat import MessageFactory, RoomFactory, SeatFactory
from tests.factories.community import MembershipFactory


@pytest.fixture
def say(room, joined, at, django_capture_on_commit_callbacks):
    """Say something as `joined`; what is published leaves at once."""

    def speak(body="Evening all", **others):
        with django_capture_on_commit_callbacks(execute=True):
            given = {"author": joined, "room": room, "body": body, "client_key": f"key-{body[:40]}", "at": at} | others
            return messages.say(**given)

    return speak


def test_a_message_takes_the_next_number_and_is_told_with_its_html(say, room, joined, said):
    first, second = say("Hello **there**"), say("And again")
    room.refresh_from_db()
    assert [(m.seq, m.changed_seq) for m in (first, second)] == [(1, 1), (2, 2)]
    assert (room.last_seq, room.message_count, room.group.tabs) == (2, 2, ["chat"])
    told = [frame for stream, frame in said if stream == f"room:{room.pk}"]
    assert [(f["type"], f["seq"], f["number"], f["id"], f["author"], f["key"]) for f in told] == [
        ("message.added", 1, 1, first.pk, joined.pk, first.client_key),
        ("message.added", 2, 2, second.pk, joined.pk, second.client_key),
    ]
    assert "<strong>there</strong>" in told[0]["html"]


def test_the_same_key_is_the_same_message(say, room, said):
    first = say(client_key="key-once")
    assert say(client_key="key-once") == first
    assert say("  Evening all ", client_key="key-once") == first
    assert (Message.objects.count(), Room.objects.get().last_seq) == (1, 1)
    assert len([1 for stream, _ in said if stream.startswith("room:")]) == 1


def test_the_same_key_for_other_words_or_another_room_is_refused(say, group):
    first = say(client_key="key-once")
    for other in ({"body": "Something else"}, {"room": RoomFactory(group=group)}):
        with pytest.raises(messages.Reused) as refusal:
            say(client_key="key-once", **other)
        assert refusal.value.message == first
    assert Message.objects.count() == 1


def test_a_retry_after_an_edit_still_answers_the_message(say, joined, at):
    first = say(client_key="key-once")
    messages.edit(author=joined, message=first, body="Changed since", at=at)
    assert say(client_key="key-once").pk == first.pk


def test_an_edit_keeps_the_place_and_takes_the_next_number(
    say, room, joined, at, said, django_capture_on_commit_callbacks
):
    first, second = say("One"), say("Two")
    with django_capture_on_commit_callbacks(execute=True):
        messages.edit(author=joined, message=first, body="One, *really*", at=at)
    first.refresh_from_db()
    assert (first.seq, first.changed_seq, first.edited_at, second.changed_seq) == (1, 3, at, 2)
    assert (said[-1][1]["type"], said[-1][1]["seq"], said[-1][1]["number"]) == ("message.edited", 3, 1)
    assert "<em>really</em>" in said[-1][1]["html"]
    messages.edit(author=joined, message=first, body="One, *really*", at=at)
    assert Room.objects.get(pk=room.pk).last_seq == 3


def test_taking_back_shows_the_words_to_nobody(say, room, joined, at, said, django_capture_on_commit_callbacks):
    first = say("Something rash")
    with django_capture_on_commit_callbacks(execute=True):
        messages.remove(author=joined, message=first, at=at)
        messages.remove(author=joined, message=first, at=at)
    room.refresh_from_db()
    assert (room.last_seq, room.message_count) == (2, 0)
    removed = [frame for _, frame in said if frame["type"] == "message.removed"]
    assert len(removed) == 1
    assert "rash" not in removed[0]["html"]


def test_hiding_and_restoring_take_numbers_and_may_run_twice(say, room, at, said, django_capture_on_commit_callbacks):
    first = say("Buy my thing")
    with django_capture_on_commit_callbacks(execute=True):
        for act in (messages.hide, messages.hide, messages.restore, messages.restore):
            act(message_id=first.pk, at=at)
    heard = [(f["type"], f["seq"], "thing" in f["html"]) for stream, f in said if stream.startswith("room:")]
    assert heard == [("message.added", 1, True), ("message.hidden", 2, False), ("message.marked", 3, True)]
    assert (Room.objects.get().last_seq, Room.objects.get().message_count) == (3, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"closed_at": timedelta()}, "closed"),
        ({"opens_at": timedelta(hours=1)}, "not open yet"),
    ],
)
def test_a_room_that_is_not_open_takes_nothing(say, room, at, change, words):
    for field, delta in change.items():
        setattr(room, field, at + delta)
    room.save()
    with pytest.raises(NotAllowed, match=words):
        say()
    assert not Message.objects.exists()


def test_outsiders_the_silenced_and_former_members_say_nothing(say, room, joined, member, at):
    with pytest.raises(NotAllowed, match="no such room"):
        say(author=member)
    sanction = Sanction.objects.create(
        member=joined,
        group=room.group,
        kind="silence",
        reason="Off topic",
        starts_at=at,
        ends_at=at + timedelta(days=1),
    )
    with pytest.raises(NotAllowed, match="Off topic"):
        say()
    sanction.delete()
    say()
    joined.memberships.update(ends_on=at.date())
    with pytest.raises(NotAllowed, match="no such room"):
        say("Still here?")
    assert Message.objects.count() == 1


def test_only_the_author_changes_what_stands(say, room, group, at):
    first = say()
    other = MembershipFactory(group=group).member
    with pytest.raises(NotAllowed, match="Only the one who said it"):
        messages.edit(author=other, message=first, body="Mine now", at=at)
    with pytest.raises(NotAllowed, match="Only the one who said it"):
        messages.remove(author=other, message=first, at=at)
    messages.hide(message_id=first.pk, at=at)
    with pytest.raises(NotAllowed, match="taken down"):
        messages.edit(author=first.author, message=first, body="Put back by hand", at=at)


def test_empty_words_and_a_newcomers_heap_of_links_are_refused(say):
    with pytest.raises(NotAllowed, match="nothing to say"):
        say("  \n ")
    with pytest.raises(NotAllowed, match="links"):
        say("http://a.example http://b.example http://c.example")


def test_too_quick_is_slowed_here_and_nowhere_else(say, room, joined, at):
    for n in range(8):
        say(f"Quick {n}", at=at + timedelta(seconds=n))
    with pytest.raises(NotAllowed) as refusal:
        say("Quick 9", at=at + timedelta(seconds=8))
    assert refusal.value.retry_after == 12
    assert say("Elsewhere", room=RoomFactory(group=room.group), at=at + timedelta(seconds=8))
    assert say("Later", at=at + timedelta(seconds=21))
    joined.attended_at = at
    assert say("An old hand", at=at + timedelta(seconds=21))


def test_those_named_hear_of_it_if_they_may_see_the_room(say, room, group, joined, member, at):
    joined.trust = 1
    inside, blocking = MembershipFactory(group=group).member, MembershipFactory(group=group).member
    Block.objects.create(member=blocking, blocked=joined, created_at=at)
    named = " ".join(f"@{each.handle}" for each in (inside, blocking, member, joined))
    message = say(f"Ask {named}")
    assert list(Notice.objects.values_list("recipient", "kind", "url", "subject")) == [
        (inside.pk, "chat.mentioned", message.get_absolute_url(), f"room:{room.pk}")
    ]
    messages.edit(author=joined, message=message, body=f"Ask @{inside.handle} again", at=at)
    assert Notice.objects.count() == 1


def test_in_a_seated_room_only_the_seated_are_told_and_no_seat_is_given_by_speaking(say, group, organiser, joined, at):
    room = RoomFactory(group=group, audience=Room.Audience.SEATED)
    SeatFactory(room=room, member=joined)
    outside = MembershipFactory(group=group).member
    say(f"@{organiser.handle} and @{outside.handle}, hello", room=room)
    say("I govern here", room=room, author=organiser)
    assert set(Notice.objects.values_list("recipient", flat=True)) == {organiser.pk}
    assert list(Seat.objects.values_list("member", flat=True)) == [joined.pk]


@pytest.mark.parametrize("others", [1, 40])
def test_saying_costs_four_queries_whatever_the_size_of_the_room(room, joined, group, at, others):
    messages.say(author=joined, room=room, body="First lights the tab", client_key="key-first", at=at)
    for author in [MembershipFactory(group=group).member for _ in range(others)]:
        MessageFactory(room=room, author=author)
        SeatFactory(room=room, member=author)
    with CaptureQueriesContext(connection) as asked:
        frame = {"body": "Hello", "key": "key-counted"}
        assert streams.say(joined, room.pk, frame)["message"]["number"] == others + 2
    words = [query["sql"].split()[0] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert words == ["UPDATE", "SELECT", "INSERT", "SELECT"]


def test_leaving_marks_nothing_and_reading_only_rises(room, joined, at):
    from chat.actions import reading

    MessageFactory.create_batch(3, room=room)
    for seq, expected in ((2, 2), (1, 2), (99, 3)):
        reading.read(member=joined, room=room, seq=seq, at=at)
        assert Seat.objects.get().last_read_seq == expected
    rooms.unseat(room=room, member=joined, at=at)
    assert Message.objects.count() == 3
