"""How fast may they write? A flood stops itself and nobody else notices; the numbers are trust's."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import ceil

from django.db import connection
from django.db.models import F, Sum

from community.models import Member
from community.policies.trust import is_new, limits_of
from community.verdicts import YES, Verdict, no
from forum.models import Enclosure, Post, Reaction, Revision
from forum.policies.changing import GRACE

WINDOW = timedelta(minutes=5)
DAY = timedelta(days=1)
SLIPS = 20
"""So often may posts of the last minutes be put right, which leaves no trace to count."""
_NEWEST = """
SELECT created_at, number FROM (
  SELECT created_at, number, id FROM forum_post WHERE author_id = %s ORDER BY id DESC LIMIT %s
) newest WHERE created_at > %s ORDER BY id DESC
"""


def may_write_now(member: Member, at: datetime, *, opens: bool = False) -> Verdict:
    """No when too much came in five minutes or in a day; one query that reads no more rows than the day's limit."""
    limits = limits_of(member)
    newest = _newest(member, limits.posts_a_day, at - DAY)
    today = [(moment, number) for moment, number in newest if moment <= at]
    posts = [moment for moment, _ in today]
    burst = [moment for moment in posts if at - WINDOW < moment]
    topics = [moment for moment, number in today if number == 1]
    if wait := _wait(burst, limits.posts_in_five_minutes, WINDOW, at):
        many = f"That is {limits.posts_in_five_minutes} posts in five minutes."
        return no(f"{many} Have a cup of tea and try again in {_spoken(wait)}.", wait)
    if opens and (wait := _wait(topics, limits.topics_a_day, DAY, at)):
        return no(_day(member, f"{limits.topics_a_day} new topics", wait), wait)
    if wait := _wait(posts, limits.posts_a_day, DAY, at):
        return no(_day(member, f"{limits.posts_a_day} posts", wait), wait)
    return YES


def may_change_now(member: Member, at: datetime) -> Verdict:
    """A day's changes to posts, by level, and slips put right in what was written just now; two queries."""
    allowed = limits_of(member).changes_a_day
    kept = Revision.objects.filter(editor=member, number__gt=1, written_at__gt=at - DAY).order_by("-written_at")
    if wait := _wait(list(kept.values_list("written_at", flat=True)[:allowed]), allowed, DAY, at):
        return no(_day(member, f"{allowed} changes to posts", wait), wait)
    fresh = Post.objects.filter(author=member, created_at__gt=at - GRACE, created_at__lte=at)
    if (fresh.aggregate(slips=Sum(F("version") - 1))["slips"] or 0) >= SLIPS:
        wait = int(GRACE.total_seconds())
        return no(
            f"That is a lot of changes in a few minutes. What you wrote is kept here; try again in {_spoken(wait)}.",
            wait,
        )
    return YES


def may_send_picture(member: Member, at: datetime) -> Verdict:
    """A day's pictures, by level; one query."""
    allowed = limits_of(member).pictures_a_day
    sent = Enclosure.objects.filter(member=member, sent_at__gt=at - DAY).order_by("-sent_at")
    if wait := _wait(list(sent.values_list("sent_at", flat=True)[:allowed]), allowed, DAY, at):
        return no(_day(member, f"{allowed} pictures", wait), wait)
    return YES


def may_react_now(member: Member, at: datetime) -> Verdict:
    """A day's reactions, by level; one query."""
    allowed = limits_of(member).reactions_a_day
    said = Reaction.objects.filter(member=member, at__gt=at - DAY).order_by("-at")
    if wait := _wait(list(said.values_list("at", flat=True)[:allowed]), allowed, DAY, at):
        return no(f"That is {allowed} reactions in a day. Try again in {_spoken(wait)}.", wait)
    return YES


def _newest(member: Member, most: int, since: datetime) -> list[tuple[datetime, int]]:
    """When the newest posts were written, and their numbers; those of an import may be of any day."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [member.pk, most, connection.ops.adapt_datetimefield_value(since)])
        found = cursor.fetchall()
    # SQLite does not say that its moments are in UTC.
    return [(moment if moment.tzinfo else moment.replace(tzinfo=UTC), number) for moment, number in found]


def _wait(moments: Sequence[datetime], allowed: int, window: timedelta, at: datetime) -> int:
    """Seconds until one more fits; 0 when it fits now. `moments` is newest first."""
    if len(moments) < allowed:
        return 0
    return max(1, ceil((moments[allowed - 1] + window - at).total_seconds()))


def _day(member: Member, much: str, wait: int) -> str:
    lifts = " Coming to a meetup lifts this limit." if is_new(member) else ""
    return f"That is {much} in a day. What you wrote is kept here; try again in {_spoken(wait)}.{lifts}"


def _spoken(seconds: int) -> str:
    if seconds < 90:  # noqa: PLR2004  (a minute and a half)
        return f"{seconds} seconds"
    minutes = ceil(seconds / 60)
    return f"{minutes} minutes" if minutes < 90 else f"{ceil(minutes / 60)} hours"  # noqa: PLR2004  (an hour and a half)
