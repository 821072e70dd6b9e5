"""A Yes, Maybe or No pressed in somebody's own calendar becomes their answer here."""

from datetime import datetime
from email.message import EmailMessage
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings

from community.models import Member
from community.verdicts import NotAllowed
from meetups import notices
from meetups.actions import invitations, requests, rsvps, seats
from meetups.ical import replies
from meetups.ical.replies import Reply
from meetups.models import Invitation, Meetup, Rsvp
from meetups.queries import evenings
from notifications.actions.incoming import is_address_of
from notifications.registry import Refused
from notifications.text import incoming as text

State = Rsvp.State
ANSWERS = {"ACCEPTED": State.GOING, "TENTATIVE": State.MAYBE, "DECLINED": State.DECLINED}
REFUSALS = (rsvps.TooManyGuests, rsvps.TooManyForTheRoom, rsvps.NoSeatForGuests)


def take(*, member: Member, data: dict[str, Any], message: EmailMessage, at: datetime) -> str:
    """Mail to the organiser's address of one invitation; what became of it, in words.

    Three things must agree: the address (it is this member's and nobody else's), the UID, and the ATTENDEE. Not the
    ORGANIZER (Exchange leaves it out), and no signature of the sender's domain (answers from Google often fail it).
    Raises `Refused`, told to the member only if it was their mail.
    """
    sender = text.sender(message)
    is_theirs = member.is_active and not member.departed_at and is_address_of(member, sender)
    meetup = Meetup.objects.select_related("group", "venue", "series").filter(pk=data["meetup"]).first()
    if meetup is None:
        raise Refused("This meetup is not there any more.", is_told=is_theirs)
    reply = _read(message, meetup, sender, is_theirs=is_theirs)
    attendee = reply.attendee or sender
    if is_address_of(member, attendee):
        if not is_theirs:
            raise Refused(_not_counted(sender, meetup), is_told=member.is_active)
        return _theirs(member, meetup, reply, at)
    if is_theirs:
        raise Refused(
            f"Your calendar answered as {attendee}, which is not an address of yours here. Answer on the page: "
            f"{_page(meetup)}"
        )
    if attendee != sender:
        raise Refused("The sender is not the attendee it answers for", is_told=False)
    return _passed_on(sender, meetup, reply, at)


def _read(message: EmailMessage, meetup: Meetup, sender: str, *, is_theirs: bool) -> Reply:
    is_told = is_theirs and not text.is_automatic(message)
    try:
        reply = replies.read(text.calendars(message), sender)
    except replies.Unreadable as error:
        raise Refused(
            f"We could not read that calendar. Answer on the page: {_page(meetup)}", is_told=is_told
        ) from error
    if reply is None:
        words = "This address only understands the Yes, Maybe and No of a calendar. Write to the group on its page: "
        raise Refused(words + _page(meetup), is_told=is_told)
    if reply.uid != meetup.uid:
        raise Refused("That answers another event than the one you were invited to.", is_told=is_told)
    return reply


def _theirs(member: Member, meetup: Meetup, reply: Reply, at: datetime) -> str:
    if reply.method == "COUNTER":
        notices.countered(meetup, member, reply.starts_at, reply.comment, at)
        return "Told the organisers"
    if reply.method == "REFRESH":
        invitations.answer_back(meetup, member, "Here is the evening as it stands now.", at)
        return "Sent again"
    state = ANSWERS.get(reply.part_stat) if reply.method == "REPLY" else None
    if state is None:
        return "Nothing to do"
    row, _ = Invitation.objects.get_or_create(meetup=meetup, member=member, defaults={"sent_at": at})
    row = Invitation.objects.select_for_update().get(pk=row.pk)
    if reply.stamp and row.replied_stamp and reply.stamp < row.replied_stamp:
        return "Older than the last answer: nothing changed"
    if _is_stale(reply, meetup):
        words = (
            "The evening has changed since you were asked, so your answer was not counted. Here is how it stands now."
        )
        invitations.answer_back(meetup, member, words, at, dedupe=f"meetups.stale:{row.pk}:{meetup.sequence}")
        return "To an earlier version: sent the present one"
    row.shows, row.shown_at = reply.part_stat, at  # pressed there: it is what that calendar has now
    row.save(update_fields=["shows", "shown_at"])
    told = _answer(member, meetup, state, reply, at)
    row.replied_at, row.replied_stamp = at, min(reply.stamp or at, at)
    row.save(update_fields=["replied_at", "replied_stamp"])
    return told


def _is_stale(reply: Reply, meetup: Meetup) -> bool:
    """They saw another time. A place that changed meanwhile does not undo a Yes."""
    is_behind = reply.sequence is not None and reply.sequence < meetup.sequence
    return is_behind and reply.starts_at != meetup.starts_at and not meetup.is_cancelled


def _answer(member: Member, meetup: Meetup, state: str, reply: Reply, at: datetime) -> str:
    """Through the same verb as on the page; what cannot be as it was pressed is answered back."""
    if meetup.is_cancelled:
        words = f"This meetup is cancelled. {meetup.cancelled_why}".strip()
        invitations.answer_back(meetup, member, words, at, dedupe=f"meetups.off:{meetup.pk}:{member.pk}")
        return "Cancelled: said so"
    before = meetup.rsvps.filter(member=member).first()
    wanted = reply.guests if reply.guests is not None else (before.guests if before else 0)
    guests = min(wanted, meetup.guests_allowed)
    try:
        rsvp = rsvps.answer(member=member, meetup=meetup, state=state, guests=guests, at=at)
    except NotAllowed as error:
        raise Refused(f"{error.reason} {_page(meetup)}") from error
    except REFUSALS as error:
        raise Refused(f"{error} {_page(meetup)}") from error
    if state == State.GOING and (before is None or before.state != rsvp.state or before.guests != rsvp.guests):
        said = [evenings.with_answer(meetup, member).in_words] if rsvp.state != State.GOING else []
        said += [f"You can bring {guests or 'no'} guest{'s' if guests != 1 else ''}"] if wanted > guests else []
        if said:
            invitations.answer_back(meetup, member, ". ".join([*said, ""]).strip(), at)
    return rsvp.get_state_display()


def _passed_on(sender: str, meetup: Meetup, reply: Reply, at: datetime) -> str:
    """Someone to whom an invitation was passed on may ask to come, and never sits down by that."""
    if reply.method != "REPLY" or ANSWERS.get(reply.part_stat) != State.GOING or not sender:
        return "From somebody else: nothing to do"
    known = Member.objects.present().filter(email__iexact=sender).first() or _by_second_address(sender)
    name = " ".join(reply.name.split())[:80]
    name = name if name and "://" not in name and "@" not in name else sender.partition("@")[0][:80]
    try:
        if known is not None:
            _note_request(known, meetup, at)
        requests.ask(meetup=meetup, name=name, email=sender, time_zone=meetup.time_zone, at=at)
    except NotAllowed as error:
        raise Refused(error.reason, is_told=False) from error
    return "From somebody else: asked them to confirm"


def _by_second_address(sender: str) -> Member | None:
    found = EmailAddress.objects.filter(email__iexact=sender, verified=True, user__is_active=True)
    row = found.select_related("user").first()
    return row.user if row else None


def _note_request(member: Member, meetup: Meetup, at: datetime) -> None:
    """Asked to come; an answer that is there already stays. No seat moves, so no counter does."""
    held = seats.locked(meetup.pk)
    facts = {"state": State.REQUESTED, "created_at": at, "changed_at": at}
    Rsvp.objects.get_or_create(meetup=held, member=member, defaults=facts)


def _not_counted(sender: str, meetup: Meetup) -> str:
    who = sender or "an address we cannot read"
    return f"An answer in your name came from {who}, so it was not counted. If it was you, answer here: {_page(meetup)}"


def _page(meetup: Meetup) -> str:
    return settings.BASE_URL + meetup.get_absolute_url()
