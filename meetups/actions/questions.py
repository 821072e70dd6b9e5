"""Questions of an evening: set by organisers, answered by those who come."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from community.models import Member
from community.verdicts import NotAllowed
from meetups.actions import seats
from meetups.models import Meetup, RsvpQuestion, RsvpReply
from meetups.policies import may_change
from meetups.policies.replies import may_reply

MOST = 6
"""A form of twelve questions is an obstacle."""
MOST_CHOICES = 12
Kind = RsvpQuestion.Kind


class Unanswered(Exception):  # noqa: N818  (it says the outcome)
    """Something that has to be answered was not."""

    def __init__(self, question: RsvpQuestion) -> None:
        """Say which."""
        super().__init__("The organisers need this one.")
        self.question = question


def ask(
    *, actor: Member, meetup: Meetup, text: str, choices: Sequence[str] = (), is_required: bool = False, at: datetime
) -> RsvpQuestion:
    """One more question at the end; with choices one of these is the answer. Raises `NotAllowed`."""
    may_change(actor, meetup, at).or_refuse()
    offered = list(dict.fromkeys(each for line in choices if (each := " ".join(line.split())[:120])))
    text = " ".join(text.split())
    if not text:
        raise NotAllowed("What would you like to know?")
    if choices and not 1 < len(offered) <= MOST_CHOICES:
        raise NotAllowed(f"Give between two and {MOST_CHOICES} answers to choose from, each on a line.")
    with transaction.atomic():
        held = seats.locked(meetup.pk)
        may_change(actor, held, at).or_refuse()
        there = held.questions.aggregate(last=Max("position"))["last"] or 0
        if held.questions.count() >= MOST:
            raise NotAllowed(f"{MOST} questions are plenty. Take one out first.")
        return RsvpQuestion.objects.create(
            meetup=held,
            position=there + 1,
            text=text,
            kind=Kind.CHOICE if offered else Kind.TEXT,
            choices="\n".join(offered),
            is_required=is_required,
        )


def remove(*, actor: Member, question: RsvpQuestion, at: datetime) -> None:
    """Take a question out, with what was answered; twice is once."""
    may_change(actor, question.meetup, at).or_refuse()
    with transaction.atomic():
        held = seats.locked(question.meetup_id)
        held.questions.filter(pk=question.pk).delete()


def reply(*, member: Member, meetup: Meetup, given: Mapping[int, str], at: datetime) -> None:
    """Answer, or change what was answered; an empty answer takes it back. Raises `NotAllowed`, `Unanswered`.

    `given` is by question. All of it is kept or nothing.
    """
    may_reply(member, meetup, at).or_refuse()
    with transaction.atomic():
        questions = list(RsvpQuestion.objects.filter(meetup=meetup).order_by("position", "pk"))
        said = {each.pk: " ".join(given.get(each.pk, "").split())[:500] for each in questions}
        for question in questions:
            text = said[question.pk]
            if question.is_required and not text:
                raise Unanswered(question)
            if question.kind == Kind.CHOICE and text and text not in question.offered:
                raise NotAllowed("Choose one of the answers that are there.")
        RsvpReply.objects.filter(member=member, question__in=[pk for pk, text in said.items() if not text]).delete()
        RsvpReply.objects.bulk_create(
            [RsvpReply(question_id=pk, member=member, text=text, replied_at=at) for pk, text in said.items() if text],
            update_conflicts=True,
            unique_fields=["question", "member"],
            update_fields=["text", "replied_at"],
        )
