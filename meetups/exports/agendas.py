"""Topics and votes."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from community.models import Member
from meetups.models import AgendaItem, Point, Proposal, Recap, SlotAnswer, SlotConfirmation, Vote


def proposals(member: Member) -> Iterator[dict[str, Any]]:
    """Every topic they proposed, as typed."""
    for each in Proposal.objects.filter(author=member).select_related("group", "subject").order_by("pk"):
        yield {
            "group": each.group.name,
            "title": each.title,
            "subject": each.subject.name if each.subject else "",
            "text": each.body,
            "state": each.get_state_display(),
            "proposed_at": each.created_at.isoformat(),
            "hidden": each.hidden_at is not None,
        }


def votes(member: Member) -> Iterator[dict[str, Any]]:
    """Every topic they wanted too."""
    for each in Vote.objects.filter(member=member).select_related("proposal__group").order_by("pk"):
        yield {
            "group": each.proposal.group.name,
            "title": each.proposal.title,
            "voted_at": each.voted_at.isoformat(),
        }


def slots(member: Member) -> Iterator[dict[str, Any]]:
    """Every slot they are down to speak in."""
    for item in AgendaItem.objects.filter(speaker=member).select_related("meetup").order_by("pk"):
        yield {
            "meetup": item.meetup.title,
            "starts_at": item.meetup.starts_at.isoformat(),
            "title": item.title,
            "minutes": item.minutes,
        }


def confirmations(member: Member) -> Iterator[dict[str, Any]]:
    """Where they said as organisers that a slot is no product time."""
    for said in SlotConfirmation.objects.filter(organiser=member).select_related("organisation").order_by("pk"):
        yield {
            "slot": said.title,
            "sponsor": said.organisation.name,
            "reason": said.reason,
            "said_at": said.confirmed_at.isoformat(),
        }


def points(member: Member) -> Iterator[dict[str, Any]]:
    """Open questions and things to do that they noted or took on."""
    rows = Point.objects.filter(Q(noted_by=member) | Q(owner=member)).select_related("meetup")
    for each in rows.order_by("pk"):
        yield {
            "meetup": each.meetup.title,
            "kind": each.get_kind_display(),
            "text": each.text,
            "noted_by_you": each.noted_by_id == member.pk,
            "yours_to_do": each.owner_id == member.pk,
            "noted_at": each.noted_at.isoformat(),
            "settled": each.settled_at is not None,
        }


def recaps(member: Member) -> Iterator[dict[str, Any]]:
    """Recaps they wrote last; published ones are among their posts, or those of who began them."""
    for recap in Recap.objects.filter(written_by=member).select_related("meetup", "post__topic").order_by("pk"):
        yield {
            "meetup": recap.meetup.title,
            "text": recap.body,
            "written_at": recap.written_at.isoformat(),
            "post": recap.post.get_absolute_url() if recap.post else "",
        }


def answers(member: Member) -> Iterator[dict[str, Any]]:
    """Which slots they said were for them."""
    for said in SlotAnswer.objects.filter(member=member).select_related("item__meetup").order_by("pk"):
        yield {
            "meetup": said.item.meetup.title,
            "slot": said.item.title,
            "was_for_you": said.is_for_me,
            "said_at": said.answered_at.isoformat(),
        }


ALL = {
    "proposals": proposals,
    "topic_votes": votes,
    "agenda_slots": slots,
    "slot_confirmations": confirmations,
    "left_open": points,
    "recaps": recaps,
    "slot_answers": answers,
}
