"""A member's own calendar address: made, made anew, ended; and what it shows."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from community.models import Group, Member
from live.changes import changed
from meetups import tokens
from meetups.models import CalendarFeed

NOTED_EVERY = timedelta(hours=1)


def part(member_id: int) -> str:
    """What changes when a member's calendar shows something else, or its address ends."""
    return f"calendar-of:{member_id}"


def rotate(*, member: Member, at: datetime) -> str:
    """End the present address, if any, and answer a new secret; it is shown now and never again."""
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        before = CalendarFeed.objects.filter(member=member, revoked_at=None).first()
        revoke(member=member, at=at)
        secret, secret_hash = tokens.new()
        feed = CalendarFeed.objects.create(
            member=member,
            secret_hash=secret_hash,
            created_at=at,
            only_going=bool(before and before.only_going),
            chosen_at=before.chosen_at if before else None,
        )
        feed.left_out.set(before.left_out.all() if before else [])
    return secret


def choose(*, member: Member, groups: Iterable[Group], only_going: bool, at: datetime) -> None:
    """What the calendar shows: of the member's groups these, the others are left out. Without an address nothing is."""
    with transaction.atomic():
        feed = CalendarFeed.objects.select_for_update().filter(member=member, revoked_at=None).first()
        if feed is None:
            return
        mine = Group.objects.filter(memberships__member=member, memberships__ends_on=None)
        feed.only_going, feed.chosen_at = only_going, at
        feed.save(update_fields=["only_going", "chosen_at"])
        feed.left_out.set(mine.exclude(pk__in=[group.pk for group in groups]))
        changed(part(member.pk))


def revoke(*, member: Member, at: datetime) -> None:
    """From now on the address answers as if it had never been."""
    CalendarFeed.objects.filter(member=member, revoked_at=None).update(revoked_at=at)
    changed(part(member.pk))


def note_fetch(*, feed: CalendarFeed, client: str, at: datetime) -> None:
    """Remember when and by what the calendar was last fetched, at most once an hour."""
    if feed.last_fetched_at is None or at - feed.last_fetched_at > NOTED_EVERY or feed.last_client != client[:200]:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_fetched_at=at, last_client=client[:200])
