"""Vendors' programmes: their calendars added by editors, fetched again and again, shown with their label."""

from datetime import datetime, timedelta

from django.db import transaction

from community.models import Member, Organisation
from community.verdicts import NotAllowed
from live.changes import changed
from meetups import fetching
from meetups.ical import reading
from meetups.ical.reading import NotACalendar, Reading, Window
from meetups.models import ProgrammeEvent, ProgrammeFeed
from meetups.policies import may_curate

EVERY, AGAIN = timedelta(hours=6), timedelta(hours=1)
SHOWN_BACK, SHOWN_AHEAD = timedelta(days=31), timedelta(days=366)
UNTIL_NEXT = timedelta(minutes=5)


def add(*, actor: Member, organisation: Organisation, name: str, url: str, at: datetime) -> ProgrammeFeed:
    """Add the calendar of a programme; it is fetched within minutes. Raises `NotAllowed` where it is there already."""
    may_curate(actor).or_refuse()
    if ProgrammeFeed.objects.filter(url=url).exists():
        raise NotAllowed("That calendar is there already.")
    return ProgrammeFeed.objects.create(
        organisation=organisation, name=name.strip(), url=url, added_by=actor, added_at=at, due_at=at
    )


def remove(*, actor: Member, feed: ProgrammeFeed) -> None:
    """Take a programme out, with all its dates."""
    may_curate(actor).or_refuse()
    feed.delete()
    changed("dates")


def refresh(at: datetime) -> int:
    """Fetch the calendar that has waited longest; 1 while one was due. Due work, safe to run twice."""
    with transaction.atomic():
        due = ProgrammeFeed.objects.select_for_update(skip_locked=True).filter(due_at__lte=at)
        feed = due.order_by("due_at", "pk").first()
        if feed is None:
            return 0
        ProgrammeFeed.objects.filter(pk=feed.pk).update(due_at=at + UNTIL_NEXT)
    try:
        fetched = fetching.fetch(feed.url, etag=feed.etag)
        read = None if fetched.body is None else _read(fetched.body, at)
    except (fetching.CannotFetch, NotACalendar) as error:
        ProgrammeFeed.objects.filter(pk=feed.pk).update(due_at=at + AGAIN, trouble=str(error)[:300])
        return 1
    with transaction.atomic():
        if read is not None:
            keep(feed, read)
            ProgrammeFeed.objects.filter(pk=feed.pk).update(etag=fetched.etag)
        ProgrammeFeed.objects.filter(pk=feed.pk).update(due_at=at + EVERY, fetched_at=at, trouble="")
    return 1


def _read(body: bytes, at: datetime) -> Reading:
    window = Window(at - SHOWN_BACK, at + SHOWN_AHEAD)
    return reading.read(body.decode("utf-8-sig", "replace").replace("\x00", ""), time_zone="UTC", window=window)


def keep(feed: ProgrammeFeed, read: Reading) -> None:
    """The dates of a programme are now these; one statement to take away, one to write."""
    changed("dates")
    feed.events.all().delete()
    ProgrammeEvent.objects.bulk_create(
        [
            ProgrammeEvent(
                feed=feed,
                uid=each.uid,
                occurrence=each.occurrence,
                title=each.title,
                starts_at=each.starts_at,
                ends_at=each.ends_at,
                time_zone=each.time_zone,
                place=each.place,
                url=each.url if each.url.startswith(("https://", "http://")) else "",
                is_cancelled=each.is_cancelled,
            )
            for each in read.dates
        ]
    )
