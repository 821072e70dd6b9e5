"""Faces, pins and stars; answers to messages."""

import pytest

from chat import streams
from chat.actions import marks, messages
from chat.models import Message, Reaction, Room, Star
from chat.text import lines
from community import registry
from community.verdicts import NotAllowed
from notifications.models import Notice
from tests.factories.chat import MessageFactory, RoomFactory
from tests.factories.community import MembershipFactory


@pytest.fixture
def message(room, group):
    return MessageFactory(room=room, author=MembershipFactory(group=group).member)


def test_a_face_stands_in_the_log_and_goes_again(room, message, joined, at, said, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for is_on in (True, True, False, False):
            marks.react(member=joined, message=message, face="thanks", is_on=is_on, at=at)
    frames = [frame for stream, frame in said if stream == f"room:{room.pk}"]
    assert [(f["type"], f["seq"], f["number"]) for f in frames] == [("message.marked", 2, 1), ("message.marked", 3, 1)]
    assert [f'data-by="{joined.pk}"' in f["html"] for f in frames] == [True, False]
    assert (Room.objects.get(pk=room.pk).last_seq, Reaction.objects.count()) == (3, 0)


def test_faces_are_counted_by_kind_in_the_order_they_came(room, message, joined, organiser, at):
    for member, face in ((joined, "laugh"), (organiser, "agree"), (organiser, "laugh")):
        marks.react(member=member, message=message, face=face, is_on=True, at=at)
    found = Message.objects.shown().get(pk=message.pk)
    assert [(f.sign, f.member_ids) for f in lines.faces_of(found)] == [
        ("😄", (joined.pk, organiser.pk)),
        ("👍", (organiser.pk,)),
    ]


def test_what_was_taken_down_gets_no_face_and_shows_none(room, message, joined, at):
    marks.react(member=joined, message=message, face="agree", is_on=True, at=at)
    messages.hide(message_id=message.pk, at=at)
    assert lines.faces_of(Message.objects.shown().get(pk=message.pk)) == []
    with pytest.raises(NotAllowed, match="taken down"):
        marks.react(member=joined, message=message, face="laugh", is_on=True, at=at)


def test_outsiders_and_closed_rooms_get_no_faces(room, message, member, joined, at):
    with pytest.raises(NotAllowed, match="no such room"):
        marks.react(member=member, message=message, face="agree", is_on=True, at=at)
    Room.objects.update(closed_at=at)
    with pytest.raises(NotAllowed, match="closed"):
        marks.react(member=joined, message=message, face="agree", is_on=True, at=at)
    assert not Reaction.objects.exists()


def test_those_who_look_after_the_group_pin(room, message, joined, organiser, at):
    with pytest.raises(NotAllowed, match="look after"):
        marks.pin(actor=joined, message=message, is_pinned=True, at=at)
    for _ in range(2):
        marks.pin(actor=organiser, message=message, is_pinned=True, at=at)
    message.refresh_from_db()
    assert (message.pinned_at, message.changed_seq) == (at, 2)


def test_what_is_taken_back_or_hidden_is_no_longer_pinned(room, message, organiser, at):
    other = MessageFactory(room=room)
    for each in (message, other):
        marks.pin(actor=organiser, message=each, is_pinned=True, at=at)
    messages.remove(author=message.author, message=message, at=at)
    messages.hide(message_id=other.pk, at=at)
    messages.restore(message_id=other.pk, at=at)
    assert not Message.objects.exclude(pinned_at=None).exists()


def test_a_star_is_ones_own_and_tells_nobody(room, message, joined, at, said, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            marks.star(member=joined, message=message, is_starred=True, at=at)
    assert (list(Star.objects.values_list("member", "message")), said) == ([(joined.pk, message.pk)], [])
    marks.star(member=joined, message=message, is_starred=False, at=at)
    assert not Star.objects.exists()


def test_an_answer_leads_to_what_it_answers_and_tells_its_author(room, message, joined, at):
    first = messages.say(author=joined, room=room, body="Yes", client_key="key-answer", answers=message.seq, at=at)
    assert first.answers == message
    assert f'data-answers="{message.seq}"' in first.frame["html"]
    told = (message.author_id, "chat.answered", first.get_absolute_url())
    assert list(Notice.objects.values_list("recipient", "kind", "url")) == [told]


@pytest.mark.parametrize("which", ["gone", "elsewhere", "nowhere"])
def test_answering_what_is_not_there_is_said_without(room, message, joined, group, at, which):
    elsewhere = MessageFactory(room=RoomFactory(group=group), seq=55, changed_seq=55)
    messages.hide(message_id=message.pk, at=at)
    number = {"gone": message.seq, "elsewhere": elsewhere.seq, "nowhere": 999}[which]
    said = messages.say(author=joined, room=room, body="Yes", client_key="key-answer", answers=number, at=at)
    assert (said.answers, Notice.objects.count()) == (None, 0)


def test_an_answer_that_also_names_its_author_tells_once(room, message, joined, at):
    body = f"@{message.author.handle} yes"
    messages.say(author=joined, room=room, body=body, client_key="key-answer", answers=message.seq, at=at)
    assert Notice.objects.count() == 1


def test_catching_up_holds_faces_and_pins(room, message, joined, organiser, at):
    marks.react(member=joined, message=message, face="agree", is_on=True, at=at)
    marks.pin(actor=organiser, message=message, is_pinned=True, at=at)
    (frame,) = streams.after(room.pk, 1)
    assert (frame["type"], frame["seq"], "said-pinned" in frame["html"]) == ("message.marked", 3, True)
    assert f'data-by="{joined.pk}"' in frame["html"]


def test_a_departed_member_takes_faces_and_stars_along(room, message, joined, organiser, at):
    for member in (joined, organiser):
        marks.react(member=member, message=message, face="agree", is_on=True, at=at)
        marks.star(member=member, message=message, is_starred=True, at=at)
    registry.announce("departed", member=joined, at=at)
    assert list(Reaction.objects.values_list("member", flat=True)) == [organiser.pk]
    assert list(Star.objects.values_list("member", flat=True)) == [organiser.pk]
    exported = registry.exports(organiser)
    assert [row["face"] for row in exported["chat-reactions"]] == ["agree"]
    assert [row["message"] for row in exported["chat-stars"]] == [message.get_absolute_url()]
