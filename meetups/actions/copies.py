"""The copy in a calendar that was invited by mail follows the answer, wherever that was given (decision 0060)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When

from community.models import Group, Member
from meetups.actions import invitations
from meetups.models import Invitation, Meetup, Rsvp
from meetups.queries import evenings
from notifications import registry
from notifications.models.preference import Channel
from notifications.queries.reach import reach

KIND = "meetups.copied"
SETTLED = timedelta(minutes=15)
"""An answer has stood for so long: whoever changes their mind and back has nothing mailed."""
AGAIN = timedelta(hours=1)
"""Between two mails about one evening to one calendar."""
LATELY = timedelta(days=7)
BATCH = 100
DECLINED = invitations.PART_STATS[Rsvp.State.DECLINED]


def follow(at: datetime) -> int:
    """Mail an evening anew to those whose calendar shows another answer than theirs; how many. Due work, each once."""
    behind = list(_behind(at)[:BATCH])
    for rsvp in behind:
        with transaction.atomic():
            _bring(rsvp, at)
    return len(behind)


def withdraw(*, member: Member, group: Group, at: datetime) -> None:
    """Take the evenings to come of a group out of the calendar of somebody who has left it."""
    held = Invitation.objects.filter(member=member, meetup__group=group, meetup__ends_at__gt=at)
    coming = held.filter(meetup__in=Meetup.objects.upcoming(at)).exclude(shows=DECLINED)
    for each in coming.select_related("meetup__group", "meetup__venue", "meetup__series").order_by("meetup"):
        if _is_mailed(member, each.meetup, at):
            words = f"You have left {group.name}, so this evening leaves your calendar."
            dedupe = f"meetups.withdrawn:{each.pk}"
            invitations.answer_back(each.meetup, member, words, at, dedupe, kind=KIND, is_withdrawn=True)
    held.delete()


def _behind(at: datetime) -> "QuerySet[Rsvp]":
    """Answers that have settled, and are not what the calendar shows; with `says`, what it should show."""
    copies = Invitation.objects.filter(meetup=OuterRef("meetup"), member=OuterRef("member"), shown_at__lte=at - AGAIN)
    says = Case(
        *(When(state=state, then=Value(word)) for state, word in invitations.PART_STATS.items()),
        default=Value(invitations.UNANSWERED),
    )
    rows = Rsvp.objects.filter(changed_at__gt=at - LATELY, changed_at__lte=at - SETTLED)
    rows = rows.filter(meetup__in=Meetup.objects.upcoming(at))
    rows = rows.annotate(says=says, shows=Subquery(copies.exclude(shows="").values("shows")[:1]))
    rows = rows.exclude(shows=None).exclude(shows=F("says"))
    return rows.select_related("member", "meetup__group", "meetup__venue", "meetup__series").order_by(
        "changed_at", "pk"
    )


def _bring(rsvp: Rsvp, at: datetime) -> None:
    """One of them, asked again under the lock of its invitation; where mail is not wanted, we know of no copy."""
    copy = Invitation.objects.select_for_update().get(meetup=rsvp.meetup_id, member=rsvp.member_id)
    if copy.shows in {"", getattr(rsvp, "says", "")}:
        return
    meetup, member = rsvp.meetup, rsvp.member
    if not _is_mailed(member, meetup, at):
        Invitation.objects.filter(pk=copy.pk).update(shows="")
        return
    words = f"{evenings.with_answer(meetup, member).in_words}. Your calendar shows it with this mail."
    dedupe = f"meetups.copied:{copy.pk}:{rsvp.changed_at.isoformat()}"
    invitations.answer_back(meetup, member, words, at, dedupe, kind=KIND)


def _is_mailed(member: Member, meetup: Meetup, at: datetime) -> bool:
    """They want such mail, and may have any."""
    found = reach([member.pk], registry.kind(KIND), meetup.group.scope, f"meetup:{meetup.pk}").get(member.pk)
    return bool(found and found.channel == Channel.MAIL) and not registry.unreachable([member.pk], at)
