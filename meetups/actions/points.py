"""Open questions and things to do: noted, settled, and what is left becomes topics of the group, once."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from community.models import Member
from community.text.excerpt import shorten
from community.text.render import render
from community.verdicts import NotAllowed
from live.changes import changed
from live.publish import publish
from meetups.actions import proposals
from meetups.models import Meetup, Point, Proposal
from meetups.policies import role_of
from meetups.policies.afterwards import may_note, may_settle

GRACE = timedelta(hours=12)
"""After the end, to tick off what was settled on the way home."""
AT_ONCE = 50
MOST_OPEN = 60
"""Of one evening."""
State = Proposal.State


def note(
    *, actor: Member, meetup: Meetup, kind: str, text: str, owner: Member | None = None, client_key: str, at: datetime
) -> Point:
    """Write down what is open; the same form sent again answers the first. Raises `NotAllowed`."""
    text = " ".join(text.split())
    if made := Point.objects.filter(noted_by=actor, client_key=client_key).first():
        return made
    may_note(actor, meetup, at).or_refuse()
    if not text:
        raise NotAllowed("Say in a line what is open.")
    if owner is not None and not role_of(owner, meetup.group):
        raise NotAllowed(f"{owner.shown_name} is not in {meetup.group.name}.")
    proposals.prepare(actor, text)
    if meetup.points.count() >= MOST_OPEN:
        raise NotAllowed("That is a lot for one evening. Settle some first.")
    try:
        with transaction.atomic():
            point = Point.objects.create(
                meetup=meetup, kind=kind, text=text, owner=owner, noted_by=actor, client_key=client_key, noted_at=at
            )
            _tell(point)
    except IntegrityError:
        return Point.objects.get(noted_by=actor, client_key=client_key)
    return point


def settle(*, actor: Member, point: Point, is_settled: bool, at: datetime) -> None:
    """Done with, or not after all; twice is once. A topic made of it that nobody wanted yet goes along."""
    may_settle(actor, point).or_refuse()
    with transaction.atomic():
        held = Point.objects.select_for_update(of=("self",)).get(pk=point.pk)
        if (held.settled_at is not None) == is_settled:
            return
        held.settled_at = at if is_settled else None
        held.save(update_fields=["settled_at"])
        if is_settled and (topic := Proposal.objects.filter(source=held).first()):
            topic = proposals.locked(topic.pk)
            if topic.state == State.OPEN and not topic.votes.exists():
                topic.state = State.WITHDRAWN
                topic.save(update_fields=["state"])
                proposals.tell(topic)
        _tell(held)


def roll_over(at: datetime) -> int:
    """What ended evenings left open becomes topics of their groups; how many. Due work, safe to run twice."""
    with transaction.atomic():
        left = Point.objects.filter(settled_at=None, hidden_at=None, proposal=None)
        ended: QuerySet[Point] = left.filter(
            meetup__state=Meetup.State.PUBLISHED, meetup__hidden_at=None, meetup__ends_at__lte=at - GRACE
        )
        rows = ended.select_for_update(of=("self",), skip_locked=True).select_related("meetup", "noted_by")
        locked = list(rows.order_by("pk")[:AT_ONCE])
        # Whoever held a row a moment ago may have made its topic since these were looked for.
        done = set(Proposal.objects.filter(source__in=locked).values_list("source", flat=True))
        points = [point for point in locked if point.pk not in done]
        for point in points:
            proposals.tell(_topic(point, at))
    return len(points)


def finish(at: datetime) -> int:
    """Topics whose evening is over were talked about; how many. Due work, safe to run twice."""
    ended = Meetup.objects.held(at).values("agenda_items__proposal")
    over = Proposal.objects.filter(state=State.TAKEN, pk__in=ended.exclude(agenda_items__proposal=None))
    done = over.update(state=State.DONE, votes_closed_at=Coalesce("votes_closed_at", at))
    if done:
        changed("meetups")
    return done


def set_hidden(*, point_id: int, hidden_at: datetime | None) -> None:
    """Out of sight after a decision, or back; may run twice."""
    with transaction.atomic():
        Point.objects.filter(pk=point_id).update(hidden_at=hidden_at)
        _tell(Point.objects.get(pk=point_id))


def _topic(point: Point, at: datetime) -> Proposal:
    short = shorten(point.text, Proposal._meta.get_field("title").max_length or 0)  # noqa: SLF001  (how Django names it)
    body = "" if short == point.text else point.text
    return Proposal.objects.create(
        group_id=point.meetup.group_id,
        author=point.noted_by,
        title=short,
        body=body,
        body_html=render(body).html if body else "",
        client_key=f"point-{point.pk}",
        source=point,
        created_at=at,
    )


def _tell(point: Point) -> None:
    changed(f"meetup:{point.meetup_id}")
    publish(f"meetup:{point.meetup_id}", "points.changed", {"id": point.meetup_id})
