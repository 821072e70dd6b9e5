"""Evenings as invitations by mail: who is asked when, and what goes with every mail about an evening."""

from datetime import datetime, timedelta
from email.utils import formataddr

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from community.models import Member
from meetups import notices, tokens
from meetups.actions import seats
from meetups.ical.invitations import Person, invitation, method_of
from meetups.models import Invitation, Meetup, Rsvp
from meetups.queries import entries
from meetups.text import when, where
from notifications.actions import addresses, outbox
from notifications.models import Notice
from notifications.registry import Enclosure

OPENS = timedelta(days=21)
"""So long before it begins a meetup is mailed to the members of its group: one at a time, not a year at once."""

SECOND_THOUGHTS = timedelta(hours=1)
"""A meetup planned just now may still be put right before everybody hears of it."""

HANDLER = "meetups.reply"
UNANSWERED = "NEEDS-ACTION"
IN_A_MAIL = ((Rsvp.State.GOING, "Yes"), (Rsvp.State.MAYBE, "Maybe"), (Rsvp.State.DECLINED, "No"))
"""The links that answer with one press, for programmes that show no invitation."""
PART_STATS = {
    Rsvp.State.GOING: "ACCEPTED",
    Rsvp.State.MAYBE: "TENTATIVE",
    Rsvp.State.WAITLISTED: "TENTATIVE",
    Rsvp.State.REQUESTED: "TENTATIVE",
    Rsvp.State.DECLINED: "DECLINED",
}


def send(at: datetime) -> int:
    """Invite the members of each group whose meetup opens; how many meetups. Due work, each once."""
    soon = Q(starts_at__gt=at, starts_at__lte=at + OPENS)
    settled = Q(created_at__lte=at - SECOND_THOUGHTS) | Q(starts_at__lte=at + timedelta(days=1))
    opening = Meetup.objects.upcoming(at).filter(soon & settled, invited_at=None)
    numbers = list(opening.order_by("starts_at", "pk").values_list("pk", flat=True)[:50])
    for number in numbers:
        with transaction.atomic():
            held = seats.locked(number)
            if held.invited_at is None:
                Meetup.objects.filter(pk=number).update(invited_at=at)
                notices.invited(held, at)
                notices.put_down(held, at)
    return len(numbers)


def enclose(notice: Notice, at: datetime) -> Enclosure | None:
    """The evening a notice is about, as it stands now, for the calendar of its reader; None where there is none."""
    number = notice.subject.partition(":")[2]
    meetup = Meetup.objects.select_related("group", "venue", "series").filter(pk=number).first()
    return enclosed(meetup, notice.recipient, at) if meetup else None


def enclosed(meetup: Meetup, member: Member, at: datetime) -> Enclosure | None:
    """An invitation for this member, with their answer in it; None for what is over or not shown."""
    if meetup.state == Meetup.State.DRAFT or meetup.hidden_at or meetup.ends_at <= at:
        return None
    answer = meetup.rsvps.filter(member=member).first()
    part_stat = PART_STATS.get(Rsvp.State(answer.state), UNANSWERED) if answer else UNANSWERED
    shown = {"shows": part_stat, "shown_at": at}
    row, _ = Invitation.objects.update_or_create(
        meetup=meetup, member=member, defaults=shown, create_defaults={"sent_at": at, **shown}
    )
    enclosure = _enclosure(meetup, member, answer, part_stat, at)
    if not meetup.is_cancelled:
        path = reverse("meetups:by-mail", args=[meetup.pk, meetup.slug or "-", tokens.invited(row)])
        enclosure.context["answers"] = [(word, f"{path}?state={state}") for state, word in IN_A_MAIL]
    return enclosure


def _enclosure(
    meetup: Meetup, member: Member, answer: Rsvp | None, part_stat: str, at: datetime, *, is_withdrawn: bool = False
) -> Enclosure:
    organiser = Person(meetup.group.name, address(meetup, member, at))
    text = invitation(
        entries.evening(meetup, answer),
        organiser=organiser,
        attendee=Person(member.shown_name, member.email),
        part_stat=part_stat,
        is_withdrawn=is_withdrawn,
    )
    kind = f"text/calendar; method={method_of(text)}"
    return Enclosure(
        parts=[{"name": "invitation.ics", "type": kind, "text": text, "as": "alternative"}],
        headers=_from(organiser),
        context={
            "meetup": meetup,
            "when": when(meetup),
            "where": where(meetup.venue, online=bool(meetup.online_url)),
        },
    )


def address(meetup: Meetup, member: Member, at: datetime) -> str:
    """The organiser of this meetup for this member: an address that nobody else knows, the same in every mail."""
    return addresses.standing(
        handler=HANDLER, purpose=f"{meetup.uid} {member.pk}", data={"meetup": meetup.pk}, member=member, at=at
    )


def answer_back(
    meetup: Meetup,
    member: Member,
    words: str,
    at: datetime,
    dedupe: str | None = None,
    *,
    kind: str = "meetups.answered",
    is_withdrawn: bool = False,
) -> None:
    """A mail to one member with the evening as it stands now, because their calendar answered or shows another answer.

    `is_withdrawn` takes it out of that calendar instead.
    """
    if is_withdrawn:
        goes_with = _enclosure(meetup, member, None, UNANSWERED, at, is_withdrawn=True)
    else:
        goes_with = enclosed(meetup, member, at) or Enclosure([])
    outbox.post(
        to=member.email,
        kind=kind,
        template="meetups/email/answered",
        context={"meetup": meetup, "words": words, "url": meetup.get_absolute_url()} | goes_with.context,
        at=at,
        member_id=member.pk,
        scope=meetup.group.scope,
        headers=goes_with.headers | {"Auto-Submitted": "auto-replied"},
        attachments=goes_with.parts,
        dedupe=dedupe,
    )


def _from(organiser: Person) -> dict[str, str]:
    """Exchange answers to whoever sent the mail, not to the ORGANIZER: so they are the same.

    Not where the site has no domain that takes mail, while its own mail goes out into the world.
    """
    has_domain = settings.MAIL_DOMAIN != "localhost" or "@localhost" in settings.DEFAULT_FROM_EMAIL
    return {"From": formataddr((organiser.name, organiser.email))} if has_domain else {}
