"""Who hears of topics and slots."""

from datetime import datetime

from django.urls import reverse

from community.models import Member
from meetups.models import AgendaItem, Meetup, Proposal
from meetups.notices.telling import organisers, tell
from meetups.text import when
from notifications.models.preference import Channel
from notifications.registry import Kind

KINDS = (
    Kind("meetups.slotted", "A topic you proposed is on an agenda"),
    Kind("meetups.speaking", "You are put down to speak"),
    Kind("meetups.claimed", "Somebody takes a slot to speak, or gives it back", default=Channel.INBOX),
)


def slotted(meetup: Meetup, topic: Proposal, actor: Member, at: datetime) -> None:
    """To whoever proposed it, once for each evening that takes it."""
    tell(
        [topic.author_id],
        meetup,
        kind="meetups.slotted",
        title=f"Your topic is on the agenda: {topic.title}",
        excerpt=f"{meetup.title}, {when(meetup)}. You can take the slot yourself, or leave it to somebody else.",
        dedupe=f"meetups.slotted:{meetup.pk}:{topic.pk}",
        at=at,
        actor_id=actor.pk,
        url=_agenda(meetup),
    )


def speaking(meetup: Meetup, item: AgendaItem, actor: Member, at: datetime) -> None:
    """To the member an organiser put down; never to the organiser themselves."""
    if item.speaker_id is None:
        return
    tell(
        [item.speaker_id],
        meetup,
        kind="meetups.speaking",
        title=f"You are put down to speak: {item.title}, {item.minutes} minutes",
        excerpt=f"{meetup.title}, {when(meetup)}. If that is a mistake, give the slot back on the agenda's page.",
        dedupe=f"meetups.speaking:{item.pk}:{item.speaker_id}:{at.isoformat()}",
        at=at,
        actor_id=actor.pk,
        url=_agenda(meetup),
    )


def claimed(meetup: Meetup, item: AgendaItem, member: Member, at: datetime) -> None:
    """To the organisers: somebody speaks."""
    _organisers(meetup, item, member, f"{member.shown_name} takes the slot “{item.title}”", at)


def given_back(meetup: Meetup, item: AgendaItem, member: Member, at: datetime) -> None:
    """To the organisers: the slot is free again."""
    _organisers(meetup, item, member, f"{member.shown_name} gives the slot “{item.title}” back", at)


def _organisers(meetup: Meetup, item: AgendaItem, member: Member, title: str, at: datetime) -> None:
    tell(
        organisers(meetup.group_id, about=member),
        meetup,
        kind="meetups.claimed",
        title=title,
        excerpt=f"{meetup.title}, {when(meetup)}",
        dedupe=f"meetups.claimed:{item.pk}:{member.pk}:{at.isoformat()}",
        at=at,
        actor_id=member.pk,
        url=_agenda(meetup),
    )


def _agenda(meetup: Meetup) -> str:
    return reverse("meetups:agenda", args=[meetup.pk, meetup.slug or "-"])
