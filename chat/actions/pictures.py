"""Pictures for messages: drawn anew, said with a message, thrown away without one."""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Q

from assets import pictures
from assets.models import Picture
from chat.actions import messages
from chat.actions.writing import GONE
from chat.models import Enclosure, Message, Room
from chat.policies.pictures import may_send_picture
from chat.policies.speaking import place_of
from community.models import Member
from community.verdicts import NotAllowed

KEPT = timedelta(hours=48)
BATCH = 100
LONGEST = 1600
UNSAID = "A picture"
"""Stands for what it shows where nobody said that."""


def say(
    *,
    author: Member,
    room: Room,
    file: BinaryIO,
    size: int,
    words: str,
    body: str,
    client_key: str,
    at: datetime,
    answers: int | None = None,
) -> Message:
    """Say something with a picture; without other words, what it shows is what is said. The same key again is once.

    Raises `NotAllowed`, also for what is no usable picture, and `messages.Reused`.
    """
    place = place_of(author, room.pk, client_key, at)
    if place is None:
        raise NotAllowed(GONE)
    words = " ".join(words.split())[:200]
    said: dict[str, Any] = {
        "author": author,
        "room": room,
        "body": body.strip() or words or UNSAID,
        "client_key": client_key,
        "at": at,
    }
    if place.is_sent:
        return messages.say(**said, answers=answers)
    place.may_say(at).or_refuse()
    may_send_picture(author, at).or_refuse()
    try:
        drawn = pictures.redrawn(file, name=token_hex(16), size=size, longest=LONGEST)
    except pictures.Unusable as error:
        raise NotAllowed(f"{error} Your words are as you left them.") from error
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=author.pk)
        may_send_picture(author, at).or_refuse()
        title = words or UNSAID
        picture = Picture.objects.create(title=title, file=drawn, uploaded_by_user=author, description=title)
        sent = Enclosure.objects.create(key=token_hex(16), member=author, picture=picture, words=words, sent_at=at)
        message = messages.say(**said, answers=answers, enclosure=sent)
        if message.enclosure_id != sent.pk:
            picture.delete()  # somebody was quicker with the same key: the first stands
    return message


def purge(at: datetime) -> int:
    """Throw away what no message holds, and two days later what was taken back; how many. Due work."""
    alone = Q(message=None, sent_at__lt=at - KEPT) | Q(message__deleted_at__lt=at - KEPT)
    with transaction.atomic():
        rows = list(Enclosure.objects.filter(alone).select_related("picture").order_by("pk")[:BATCH])
        for row in rows:
            row.picture.delete()  # takes the row along; Wagtail removes the file after the commit
    return len(rows)


def forget(*, member: Member) -> None:
    """The member has departed: pictures in messages stay with them and are nobody's, others go."""
    for row in Enclosure.objects.filter(member=member, message=None).select_related("picture"):
        row.picture.delete()
    Picture.objects.filter(pk__in=Enclosure.objects.filter(member=member).values("picture")).update(
        uploaded_by_user=None
    )
