"""Reminders by the clock, and words of the organisers to those who come."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from community.models import Group, Member
from community.policies.sanctions import may_write
from community.verdicts import NotAllowed
from meetups import notices, reminding
from meetups.actions import seats
from meetups.models import Announcement, Meetup, Reminder, ReminderPlan
from meetups.policies import may_run

A_DAY = 5
"""Announcements of one meetup in a day: everybody's inbox is theirs."""


def plan(*, actor: Member, group: Group, minutes: Iterable[int], at: datetime) -> ReminderPlan:
    """Set how long before its evenings a group reminds; an empty list is never."""
    may_run(actor, group).or_refuse()
    wanted = sorted(set(minutes) & set(reminding.CHOICES), reverse=True)
    return ReminderPlan.objects.update_or_create(group=group, defaults={"minutes": wanted})[0]


def remind(at: datetime) -> int:
    """Remind of every evening whose moment has come; of how many. Due work: twice at once is once.

    After a silence (the machine was off, the evening was planned late) only the nearest reminder leaves.
    """
    ahead = timedelta(minutes=max(reminding.CHOICES))
    coming = Meetup.objects.upcoming(at).filter(starts_at__gt=at, starts_at__lte=at + ahead)
    plans = dict(ReminderPlan.objects.filter(group__in=coming.values("group")).values_list("group", "minutes"))
    sent = Reminder.objects.filter(meetup__in=coming.values("pk"))
    told = set(sent.values_list("meetup", "minutes", "starts_at"))
    count = 0
    for number, group, starts_at in coming.order_by("starts_at", "pk").values_list("pk", "group", "starts_at"):
        wanted = reminding.due(starts_at, plans.get(group, reminding.USUAL), at)
        if any((number, minutes, starts_at) not in told for minutes in wanted):
            count += _remind(number, wanted, at)
    return count


def _remind(number: int, wanted: list[int], at: datetime) -> int:
    """Under the lock of the meetup: it may have been called off or moved a moment ago."""
    with transaction.atomic():
        held = seats.locked(number)
        if held.state != Meetup.State.PUBLISHED or not reminding.due(held.starts_at, wanted, at):
            return 0
        there = set(Reminder.objects.filter(meetup=held, starts_at=held.starts_at).values_list("minutes", flat=True))
        new = [minutes for minutes in wanted if minutes not in there]
        Reminder.objects.bulk_create(
            [Reminder(meetup=held, minutes=minutes, starts_at=held.starts_at, sent_at=at) for minutes in new]
        )
        if new and new[0] == wanted[0]:
            notices.reminded(held, new[0], at)
            return 1
        return 0


def announce(
    *, actor: Member, meetup: Meetup, audience: str, subject: str, words: str, client_key: str, at: datetime
) -> Announcement:
    """Say something to those who come, who wait, or all; the same key twice is sent once. Raises `NotAllowed`."""
    may_run(actor, meetup.group).or_refuse()
    may_write(actor, meetup.group, at).or_refuse()
    with transaction.atomic():
        held = seats.locked(meetup.pk)
        if (there := Announcement.objects.filter(meetup=held, client_key=client_key).first()) is not None:
            return there
        if Announcement.objects.filter(meetup=held, sent_at__gt=at - timedelta(days=1)).count() >= A_DAY:
            raise NotAllowed(f"{A_DAY} messages went out in the last day. What you wrote is below; send it tomorrow.")
        said = Announcement(
            meetup=held,
            author=actor,
            audience=audience,
            subject=subject.strip(),
            words=words.strip(),
            client_key=client_key,
            sent_at=at,
        )
        said.recipient_count = notices.announced(held, said, at)
        said.save()
        return said
