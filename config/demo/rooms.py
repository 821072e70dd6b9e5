"""What people made of what was said in the rooms."""

from datetime import datetime, timedelta

from chat.actions import extracts, marks, messages, questions
from chat.models import Room
from community.models import Group, Member
from forum.models import Category


def use(group: Group, organiser: Member, members: list[Member], now: datetime) -> None:
    """An answer, faces, a pin and a question; what was found out about parking stands in a topic for members."""
    room = Room.objects.get(group=group, is_main=True)
    said = {message.seq: message for message in room.messages.select_related("author")}
    at = now - timedelta(hours=5)
    messages.say(
        author=members[3],
        room=room,
        body="The market is free after six, by the way.",
        answers=1,
        client_key=f"demo-answer-{group.pk}",
        at=at,
    )
    for member, number, face in ((members[0], 3, "thanks"), (members[1], 3, "thanks"), (members[2], 5, "laugh")):
        marks.react(member=member, message=said[number], face=face, is_on=True, at=at)
    marks.pin(actor=organiser, message=said[1], is_pinned=True, at=at)
    questions.set_asking(actor=organiser, room=room, is_asking=True, at=at)
    asked = questions.ask(
        author=members[1],
        room=room,
        body="How long did the first full restore take you?",
        client_key=f"demo-question-{group.pk}",
        at=at,
    )
    questions.vote(member=members[2], question=asked, is_on=True, at=at)
    place = Category.objects.filter(group=group, visible_to_whom=Category.Audience.MEMBERS).first()
    if place is not None:
        extracts.make(
            actor=organiser,
            room=room,
            numbers=[1, 2, 3],
            category=place,
            title="Getting to the Fox, with a trolley",
            at=at,
        )
