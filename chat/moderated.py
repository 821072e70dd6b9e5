"""How messages offer themselves to be judged."""

from datetime import datetime
from typing import Any

from chat.actions import messages
from chat.models import Message
from moderation.registry import Kind, Subject


def find(pk: int) -> Subject | None:
    """A message, whoever may see it."""
    message = Message.objects.select_related("author", "room__group").filter(pk=pk, deleted_at=None).first()
    if message is None:
        return None
    return Subject(
        kind="message",
        id=message.pk,
        author=message.author,
        group=message.room.group,
        title=f"A message in “{message.room.title}”",
        text=message.body,
        html=message.body_html,
        url=message.get_absolute_url(),
        is_hidden=message.hidden_at is not None,
    )


def _sees(member: Any, pk: int) -> bool:
    return Message.objects.visible_to(member).filter(pk=pk, deleted_at=None).exists()


def _hide(pk: int, at: datetime) -> None:
    messages.hide(message_id=pk, at=at)


def _restore(pk: int, at: datetime) -> None:
    messages.restore(message_id=pk, at=at)


MESSAGE = Kind("message", "a message", find, _sees, _hide, _restore)
