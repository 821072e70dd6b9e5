"""The waiting list as someone in it sees it: what happened, unnamed, and why it is not their turn yet."""

from dataclasses import dataclass, field
from datetime import datetime

from meetups import holds
from meetups.holds import Way
from meetups.models import Meetup, QueueMove, Rsvp
from meetups.rhythm import ordinal

State, Kind = Rsvp.State, QueueMove.Kind
SHOWN = 30

OWN = {
    Kind.JOINED: "You joined the waiting list",
    Kind.RESIZED: "You changed how many you are",
    Kind.OFFERED: "A seat was held for you",
}
AHEAD = {
    Kind.GIVEN: "Someone ahead of you got a seat",
    Kind.OFFERED: "A seat was held for someone ahead of you",
    Kind.ACCEPTED: "Someone ahead of you took the seat that was held",
    Kind.PASSED: "Someone ahead of you let their seat go on",
    Kind.LAPSED: "Someone ahead of you did not answer in time",
    Kind.LEFT: "Someone ahead of you left the waiting list",
    Kind.RESIZED: "Someone ahead of you changed how many they are",
}
SEATS = {
    Kind.FREED: ("A seat came free", "{} seats came free"),
    Kind.ADDED: ("There is one seat more", "There are {} seats more"),
    Kind.REMOVED: ("There is one seat fewer", "There are {} seats fewer"),
    Kind.TAKEN: ("In the last hours, someone was quicker", "In the last hours, someone was quicker"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the log."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Queue:
    """What a member who waits is told besides their position."""

    steps: list[Step] = field(default_factory=list)
    why: str = ""
    may_take: bool = False


def of(meetup: Meetup, answer: Rsvp | None, at: datetime) -> Queue:
    """The log, newest first, and why they wait; two queries, and none for those who do not wait."""
    if answer is None or answer.state not in {State.WAITLISTED, State.OFFERED} or answer.queue_number is None:
        return Queue()
    moves = QueueMove.objects.filter(meetup=meetup, is_online=answer.is_online).order_by("-pk")
    since = moves.filter(queue_number=answer.queue_number, kind=Kind.JOINED).values("pk")[:1]
    rows = moves.filter(pk__gte=since)[:SHOWN]
    steps = [Step(move.made_at, words) for move in rows if (words := _words(move, answer.queue_number))]
    if answer.state == State.OFFERED:
        return Queue(steps)
    capacity, taken = _seats(meetup, answer)
    free = None if capacity is None else max(0, capacity - taken)
    if holds.way(meetup.starts_at, at) is Way.FIRST_COME:
        return Queue(steps, may_take=free is None or 1 + answer.guests <= free)
    return Queue(steps, _why(answer, capacity, free))


def _words(move: QueueMove, mine: int) -> str:
    kind = Kind(move.kind)
    if kind in SEATS:
        one, more = SEATS[kind]
        return one if move.seats == 1 else more.format(move.seats)
    if move.queue_number == mine:
        return OWN.get(kind, "")
    return AHEAD.get(kind, "") if (move.queue_number or 0) < mine else ""


def _seats(meetup: Meetup, answer: Rsvp) -> tuple[int | None, int]:
    if answer.is_online:
        return meetup.online_capacity, meetup.online_taken
    return meetup.capacity, meetup.seats_taken


def _why(answer: Rsvp, capacity: int | None, free: int | None) -> str:
    """Why free seats stay free: a party waits for its seats together."""
    if capacity is not None and answer.guests >= capacity:
        return f"You are {1 + answer.guests}, and there are {capacity} seats in all. Bring fewer to have a turn."
    if not free:
        return ""
    first = (
        Rsvp.objects.waiting().filter(meetup=answer.meetup_id, is_online=answer.is_online, guests__lt=capacity).first()
    )
    if first is None:
        return ""
    many = f"{free} seat{' is' if free == 1 else 's are'} free"
    if first.pk == answer.pk:
        return f"{many}, and you are {1 + first.guests}: you get your seats together. Bring fewer, and you are in."
    return f"{many}: the party that is {ordinal(1)} in line is {1 + first.guests}, and gets its seats together."
