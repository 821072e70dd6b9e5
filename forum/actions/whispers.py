"""Saying something to those alone who look after the group. No counter moves, no read mark, no feed."""

from datetime import datetime

from django.db import IntegrityError, transaction

from community.models import Group, Member
from community.text import RENDER_VERSION
from community.text.render import render
from forum import notices
from forum.actions import writing
from forum.models import Topic, Whisper
from forum.policies.standing import standing_of
from forum.policies.whispering import may_take_back, may_whisper


def say(*, author: Member, topic: Topic, body: str, client_key: str, at: datetime, after: int = 0) -> Whisper:
    """Whisper after post number `after` (0: the latest); the same form again answers the first. Raises `NotAllowed`."""
    may_whisper(standing_of(author, topic.category.group, at), topic).or_refuse()
    rendered = render(body, author=author)
    try:
        with transaction.atomic():
            topic = writing.locked(topic.pk)
            if whisper := _earlier(author, client_key):
                return whisper
            may_whisper(standing_of(author, topic.category.group, at), topic).or_refuse()
            assert isinstance(topic.category.group, Group)  # noqa: S101  (the policy asked)
            whisper = Whisper.objects.create(
                topic=topic,
                group=topic.category.group,
                author=author,
                after=after if 1 <= after <= topic.last_number else topic.last_number,
                body=body,
                body_html=rendered.html,
                render_version=RENDER_VERSION,
                client_key=client_key,
                created_at=at,
            )
            notices.whispered(whisper, topic, at=at)
    except IntegrityError:
        if whisper := _earlier(author, client_key):
            return whisper
        raise
    return whisper


def take_back(*, author: Member, whisper: Whisper, at: datetime) -> None:
    """It is gone for everyone; may run twice. Raises `NotAllowed`."""
    may_take_back(standing_of(author, whisper.group, at), whisper).or_refuse()
    if Whisper.objects.filter(pk=whisper.pk, deleted_at=None).update(deleted_at=at):
        notices.hushed(whisper)


def _earlier(author: Member, client_key: str) -> Whisper | None:
    return Whisper.objects.filter(author=author, client_key=client_key).select_related("topic").first()
