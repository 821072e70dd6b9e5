"""Taking notices back, or leading them elsewhere, when the thing they are about is no longer where it was."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import TypeVar

from django.db import transaction

from live.changes import changed
from notifications.actions.notify import hint
from notifications.models import Notice
from notifications.queries import inbox

AT_ONCE = 500
Thing = TypeVar("Thing", str, int)


def withdraw(*, subjects: Collection[str], keep: Collection[int]) -> int:
    """Nobody but the members of `keep` (ids) goes on holding notices about these things, nor gets a mail about them."""
    gone = 0
    with transaction.atomic():
        for some in _batches(subjects):
            rows = Notice.objects.filter(subject__in=some)
            told = set(rows.values_list("recipient_id", flat=True).distinct())
            lost = sorted(told - set(keep))
            for each in _batches(lost):
                gone += rows.filter(recipient__in=each).delete()[0]
            hint(lost, "notice.read")
    return gone


def lead_on(*, after: str, before: str = "", keys: Collection[str] = ()) -> None:
    """What was about one thing (`before`, or told under these `keys`) is about another: looking at that reads it."""
    if before:
        Notice.objects.filter(subject=before).update(subject=after)
    for some in _batches(keys):
        Notice.objects.filter(dedupe_key__in=some).update(subject=after)
    changed(inbox.EVERY)


def silence(*, keys: Collection[str]) -> None:
    """What was told under these keys stays, without the words it quoted: they must not be read any more."""
    for some in _batches(keys):
        Notice.objects.filter(dedupe_key__in=some).exclude(excerpt="").update(excerpt="")
    changed(inbox.EVERY)


def _batches(things: Collection[Thing]) -> Iterator[list[Thing]]:
    rest = iter(things)
    while some := list(islice(rest, AT_ONCE)):
        yield some
