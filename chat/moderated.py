"""How messages and questions offer themselves to be judged."""

from datetime import datetime
from typing import Any

from django.utils.html import escape, format_html

from chat.actions import messages, questions
from chat.models import Message, Question
from moderation.registry import Kind, Subject


def find(pk: int) -> Subject | None:
    """A message, whoever may see it."""
    message = (
        Message.objects.select_related("author", "room__group", "enclosure").filter(pk=pk, deleted_at=None).first()
    )
    if message is None:
        return None
    return Subject(
        kind="message",
        id=message.pk,
        author=message.author,
        group=message.room.group,
        title=f"A message in “{message.room.title}”",
        text=message.body,
        html=_shown(message),
        url=message.get_absolute_url(),
        is_hidden=message.hidden_at is not None,
    )


def _shown(message: Message) -> str:
    if message.enclosure is None:
        return message.body_html
    link = format_html('<p><a href="{}">Its picture</a></p>', message.enclosure.get_absolute_url())
    return f"{message.body_html}{link}"


def _sees(member: Any, pk: int) -> bool:
    return Message.objects.visible_to(member).filter(pk=pk, deleted_at=None).exists()


def _hide(pk: int, at: datetime) -> None:
    messages.hide(message_id=pk, at=at)


def _restore(pk: int, at: datetime) -> None:
    messages.restore(message_id=pk, at=at)


def _find_question(pk: int) -> Subject | None:
    question = Question.objects.select_related("author", "room__group").filter(pk=pk, withdrawn_at=None).first()
    if question is None:
        return None
    return Subject(
        kind="question",
        id=question.pk,
        author=question.author,
        group=question.room.group,
        title=f"A question in “{question.room.title}”",
        text=question.body,
        html=escape(question.body),
        url=question.get_absolute_url(),
        is_hidden=question.hidden_at is not None,
    )


def _sees_question(member: Any, pk: int) -> bool:
    return Question.objects.visible_to(member).filter(pk=pk).exists()


def _hide_question(pk: int, at: datetime) -> None:
    questions.set_hidden(question_id=pk, hidden_at=at)


def _restore_question(pk: int, at: datetime) -> None:
    questions.set_hidden(question_id=pk, hidden_at=None)


MESSAGE = Kind("message", "a message", find, _sees, _hide, _restore)
QUESTION = Kind("question", "a question", _find_question, _sees_question, _hide_question, _restore_question)
