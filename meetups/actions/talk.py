"""The room and the topic of an evening, opened when someone first wants them."""

from datetime import datetime, timedelta

from django.db import transaction

from chat.actions import rooms
from chat.models import Room
from community.models import Member
from community.verdicts import NotAllowed
from forum.actions import topics
from forum.models import Category, Topic
from meetups.actions import seats
from meetups.models import Meetup
from meetups.policies import may_enter_room, role_of
from meetups.text import talk_of, when

ROOM_OPENS_BEFORE, ROOM_CLOSES_AFTER = timedelta(days=7), timedelta(days=14)
"""When people may write in the room of an evening; organisers set other hours on the room's own page."""


def room(*, member: Member, meetup: Meetup, at: datetime) -> Room:
    """The room of an evening, for those who are going and those who run the group; the first visit opens it."""
    role = role_of(member, meetup.group)
    answer = meetup.rsvps.filter(member=member).first()
    may_enter_room(member, meetup, role, answer).or_refuse()
    if meetup.room is not None:
        return meetup.room
    with transaction.atomic():
        held = seats.locked(meetup.pk)
        if held.room is None:
            held.room = rooms.open_room(
                group=held.group,
                title=f"{held.title}, {held.local_start:%-d %B}",
                audience=Room.Audience.SEATED,
                origin_title=f"{held.title}, {when(held)}",
                origin_url=held.get_absolute_url(),
                opens_at=held.starts_at - ROOM_OPENS_BEFORE,
                closes_at=held.ends_at + ROOM_CLOSES_AFTER,
                at=at,
            )
            held.save(update_fields=["room"])
            for rsvp in held.rsvps.going().select_related("member"):
                rooms.seat(room=held.room, member=rsvp.member, at=at)
        return held.room


def topic(*, member: Member, meetup: Meetup, at: datetime) -> Topic:
    """Where people talk about an evening before and after it; whoever first wants to opens it."""
    if meetup.topic is not None:
        return meetup.topic
    category = Category.objects.filter(group=meetup.group).order_by("position", "pk").first()
    if category is None:
        raise NotAllowed("This group has no forum yet.")
    with transaction.atomic():
        held = seats.locked(meetup.pk)
        if held.topic is None:
            held.topic = topics.open(
                author=member,
                category=category,
                title=f"{held.title}, {held.local_start:%-d %B %Y}",
                body=talk_of(held),
                client_key=f"meetup-{held.pk}",
                at=at,
                origin_title=f"{held.title}, {when(held)}",
                origin_url=held.get_absolute_url(),
            )
            held.save(update_fields=["topic"])
        return held.topic
