"""Ask, vote, withdraw; raise a hand. Those who run the round say what was answered and who has spoken."""

from datetime import datetime

from django.db import transaction

from chat.actions import writing
from chat.models import Hand, Question, Room, Vote
from chat.policies.questions import may_ask, may_run, may_take_part
from community.actions import log
from community.models import Member
from community.verdicts import NotAllowed, no
from live.publish import publish
from moderation import screening


def set_asking(*, actor: Member, room: Room, is_asking: bool, at: datetime) -> None:
    """Take questions in this room, or no longer; twice is once. Raises `NotAllowed`."""
    with transaction.atomic():
        held = writing.locked(room.pk, actor)
        may_run(actor, held).or_refuse()
        if held.is_asking == is_asking:
            return
        held.is_asking = is_asking
        held.save(update_fields=["is_asking"])
        words = "takes questions" if is_asking else "takes no more questions"
        log.record(group=held.group, actor=actor, kind="room.asking", text=f"“{held.title}” {words}.", at=at)
        publish(f"room:{held.pk}", "room.changed", {"room": held.pk})


def ask(*, author: Member, room: Room, body: str, client_key: str, at: datetime) -> Question:
    """Ask; the same form sent again answers the first. Raises `NotAllowed`."""
    body = " ".join(body.split())
    if not body:
        raise NotAllowed("What is your question?")
    screened = screening.screen(author=author, rendered=writing.plain(body))
    if not screened.passes:
        no(screened.reason).or_refuse()
    with transaction.atomic():
        held = writing.locked(room.pk, author)
        if made := Question.objects.filter(author=author, client_key=client_key).first():
            return made
        mine = Question.objects.standing().filter(room=held, author=author, answered_at=None)
        may_ask(author, held, mine.count(), at).or_refuse()
        question = Question.objects.create(room=held, author=author, body=body, client_key=client_key, asked_at=at)
        _tell(held)
    return question


def vote(*, member: Member, question: Question, is_on: bool, at: datetime) -> None:
    """Want it answered too, or no longer; twice is once, and one's own needs no vote. Raises `NotAllowed`."""
    with transaction.atomic():
        room = writing.locked(question.room_id, member)
        may_take_part(member, room, at).or_refuse()
        standing = Question.objects.standing().filter(pk=question.pk, answered_at=None)
        if not standing.exclude(author=member).exists():
            raise NotAllowed("This question takes no vote of yours.")
        if is_on:
            Vote.objects.bulk_create([Vote(question=question, member=member)], ignore_conflicts=True)
        else:
            Vote.objects.filter(question=question, member=member).delete()
        _tell(room)


def settle(*, actor: Member, question: Question, is_answered: bool, at: datetime) -> None:
    """It was answered, or not after all; twice is once. Raises `NotAllowed`."""
    with transaction.atomic():
        room = writing.locked(question.room_id, actor)
        may_run(actor, room).or_refuse()
        Question.objects.filter(pk=question.pk).update(answered_at=at if is_answered else None)
        _tell(room)


def withdraw(*, author: Member, question: Question, at: datetime) -> None:
    """Take one's own question back; twice is once. Raises `NotAllowed`."""
    if question.author_id != author.pk:
        raise NotAllowed("Only the one who asked can withdraw it.")
    with transaction.atomic():
        room = writing.locked(question.room_id, author)
        if Question.objects.filter(pk=question.pk, withdrawn_at=None).update(withdrawn_at=at):
            _tell(room)


def raise_hand(*, member: Member, room: Room, at: datetime) -> None:
    """Stand in the queue of those who want to speak; twice is once, at the first place. Raises `NotAllowed`."""
    with transaction.atomic():
        held = writing.locked(room.pk, member)
        may_take_part(member, held, at).or_refuse()
        _, is_new = Hand.objects.get_or_create(room=held, member=member, lowered_at=None, defaults={"raised_at": at})
        if is_new:
            _tell(held)


def lower_hand(*, actor: Member, room: Room, member: Member, at: datetime) -> None:
    """One's own, any time; that of another who has spoken, by those who run the round. Raises `NotAllowed`."""
    with transaction.atomic():
        held = writing.locked(room.pk, actor)
        has_spoken = actor.pk != member.pk
        if has_spoken:
            may_run(actor, held).or_refuse()
        up = Hand.objects.filter(room=held, member=member, lowered_at=None)
        if up.update(lowered_at=at, has_spoken=has_spoken):
            _tell(held)


def set_hidden(*, question_id: int, hidden_at: datetime | None) -> None:
    """Out of sight after a decision, or back; may run twice."""
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=question_id)
        if (question.hidden_at is None) != (hidden_at is None):
            question.hidden_at = hidden_at
            question.save(update_fields=["hidden_at"])
            publish(f"room:{question.room_id}", "questions.changed", {"room": question.room_id})


def _tell(room: Room) -> None:
    publish(f"room:{room.pk}", "questions.changed", {"room": room.pk})
