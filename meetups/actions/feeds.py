"""A member's own calendar address: made, made anew, ended."""

from datetime import datetime, timedelta

from django.db import transaction

from community.models import Member
from meetups import tokens
from meetups.models import CalendarFeed

NOTED_EVERY = timedelta(hours=1)


def rotate(*, member: Member, at: datetime) -> str:
    """End the present address, if any, and answer a new secret; it is shown now and never again."""
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        revoke(member=member, at=at)
        secret, secret_hash = tokens.new()
        CalendarFeed.objects.create(member=member, secret_hash=secret_hash, created_at=at)
    return secret


def revoke(*, member: Member, at: datetime) -> None:
    """From now on the address answers as if it had never been."""
    CalendarFeed.objects.filter(member=member, revoked_at=None).update(revoked_at=at)


def note_fetch(*, feed: CalendarFeed, client: str, at: datetime) -> None:
    """Remember when and by what the calendar was last fetched, at most once an hour."""
    if feed.last_fetched_at is None or at - feed.last_fetched_at > NOTED_EVERY or feed.last_client != client[:200]:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_fetched_at=at, last_client=client[:200])
