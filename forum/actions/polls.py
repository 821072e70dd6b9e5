"""Polls come and change with the post they stand in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from community.models import Member
from community.verdicts import no
from forum.models import Ballot, Option, Poll, Post
from forum.text.polls import Parsed, Sketch, Unclear, parse


def read(body: str) -> Parsed:
    """The text and its poll. Raises `NotAllowed` with what is unclear."""
    try:
        return parse(body)
    except Unclear as error:
        no(str(error)).or_refuse()
        raise


def settle(post: Post, sketch: Sketch | None, *, at: datetime) -> None:
    """Make the poll of `post` what the new text says, under the topic's lock; the post still holds the text before.

    Raises `NotAllowed` once somebody voted.
    """
    poll = Poll.objects.filter(post=post).first()
    if poll is None and sketch is None:
        return
    # Its lines are compared, not the moment they meant: its author's clock may be another one by now.
    if poll is not None and sketch == _sketch_of(post.body):
        return
    closes_at = _moment(sketch, post.author)
    if poll is not None:
        if Ballot.objects.filter(poll=poll).exists():
            no("People have voted, so the poll stays as it is: put its lines back as they were.").or_refuse()
        poll.delete()
    if sketch is not None:
        if closes_at is not None and closes_at <= at:
            no("The poll would close before it begins. Choose a later moment.").or_refuse()
        _make(post, sketch, closes_at)


def forget(*, member: Member, at: datetime) -> None:
    """The member has departed: their votes count on, as nobody's."""
    Ballot.objects.filter(member=member).update(member=None)


def _make(post: Post, sketch: Sketch, closes_at: datetime | None) -> None:
    poll = Poll.objects.create(
        post=post,
        question=sketch.question,
        kind=sketch.kind,
        closes_at=closes_at,
        is_secret=sketch.is_secret,
        is_shown_at_end=sketch.is_shown_at_end and closes_at is not None,
    )
    Option.objects.bulk_create(
        Option(poll=poll, position=number, text=text) for number, text in enumerate(sketch.options, 1)
    )


def _moment(sketch: Sketch | None, author: Member) -> datetime | None:
    """As the author's clock shows it."""
    if sketch is None or sketch.closes is None:
        return None
    return sketch.closes.replace(tzinfo=ZoneInfo(author.time_zone))


def _sketch_of(body: str) -> Sketch | None:
    try:
        return parse(body).sketch
    except Unclear:
        return None
