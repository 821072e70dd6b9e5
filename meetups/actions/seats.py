"""The seats of one meetup, counted under its lock. Every change of an answer goes through here."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import F, QuerySet

from community.queries import written
from live.changes import changed
from meetups import holds
from meetups.holds import Way
from meetups.models import Meetup, QueueMove, Rsvp
from meetups.models.rsvp import RsvpQuerySet

State, Kind = Rsvp.State, QueueMove.Kind
TURNS = 0x7475726E
"""The first of the two numbers of a turn's lock; the second is the meetup's."""
MOST_TURNS = 2**31


@dataclass(frozen=True, slots=True)
class Pool:
    """The fields of a meetup that count seats of one kind."""

    capacity: str
    taken: str
    excess: str


ROOM = Pool("capacity", "seats_taken", "excess_seats")
ONLINE = Pool("online_capacity", "online_taken", "online_excess")
"""The second kind, of hybrid meetups only."""


def take_turn(meetup_id: int) -> None:
    """Wait for those who answered this meetup earlier: the first statement of a transaction that answers.

    What is waited for here is granted strictly in the order in which it was asked for. Rows are not: PostgreSQL wakes
    all who wait for one that was written, and who joins the group on the way waits for another row first. On SQLite
    whoever may write is alone, in no order of its own.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [TURNS, meetup_id % MOST_TURNS])


def locked(meetup_id: int) -> Meetup:
    """The meetup, its row locked until the transaction ends, and shown anew to visitors after it.

    Who needs the group's row too takes that one first.
    """
    found: list[Meetup] = written.ask("a meetup, locked", _for_update, pk=meetup_id)
    if not found:
        raise Meetup.DoesNotExist
    held = found[0]
    changed("meetups", f"calendar:{held.group_id}", f"meetup:{held.pk}")
    return held


def _for_update(pk: int) -> "QuerySet[Meetup]":
    rows = Meetup.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("group", "venue", "room").filter(pk=pk)


def places(pool: Pool, state: str, guests: int) -> dict[str, int]:
    """What one answer adds to each counter."""
    return {
        pool.taken: 1 + guests if state in {State.GOING, State.OFFERED} else 0,
        "going_count": int(state == State.GOING),
        "waiting_count": int(state == State.WAITLISTED),
    }


@dataclass(frozen=True, slots=True)
class Risen:
    """Someone who moved up, by the number they had in the queue. `until` is set where the seat is only held."""

    rsvp: Rsvp
    number: int
    until: datetime | None = None


@dataclass(slots=True)
class Seats:
    """The open book of a meetup's seats at one moment: those in its room, or those online where there are both.

    `move`, `resize` and `fill` change rows and note the difference; `keep` writes the counters and the queue's log.
    """

    meetup: Meetup
    at: datetime
    is_online: bool = False
    _moved: dict[str, int] = field(default_factory=dict)
    _log: list[QueueMove] = field(default_factory=list)

    @property
    def pool(self) -> Pool:
        """Which seats these are."""
        return ONLINE if self.is_online else ROOM

    @property
    def capacity(self) -> int | None:
        """How many there are; None where there is no limit."""
        return getattr(self.meetup, self.pool.capacity)

    @property
    def free(self) -> int | None:
        """Seats nobody has; None where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - getattr(self.meetup, self.pool.taken))

    @property
    def is_first_come(self) -> bool:
        """The last hours: a free seat is anybody's."""
        return holds.way(self.meetup.starts_at, self.at) is Way.FIRST_COME

    @property
    def queue(self) -> RsvpQuerySet:
        """Those whose turn can come, in order: a party larger than all seats together holds nobody up."""
        waiting = self.meetup.rsvps.waiting().filter(is_online=self.is_online).select_related("member")
        return waiting if self.capacity is None else waiting.filter(guests__lt=self.capacity)

    def fits(self, seats: int) -> bool:
        """So many seats are free."""
        return self.free is None or seats <= self.free

    def opens_to(self, party: int) -> bool:
        """Someone out of turn may sit down: there is room, and nobody waits for it, or it is first come."""
        if not self.fits(party):
            return False
        return not self.meetup.waiting_count or self.is_first_come or not self.queue.exists()

    def is_turn_of(self, rsvp: Rsvp, party: int) -> bool:
        """Someone who waits is first in the queue, and there is room for the party they bring now."""
        if rsvp.state != State.WAITLISTED or not self.fits(party):
            return False
        return not self.queue.filter(queue_number__lt=rsvp.queue_number).exists()

    def move(
        self, rsvp: Rsvp, state: str, guests: int, *, step: str | None = None, until: datetime | None = None
    ) -> None:
        """Set an answer to this state, stored; joining the queue gives the next number, leaving it takes it away.

        `step` is what the log says where that does not follow from the states; `until` is the end of an offer.
        """
        old, held = (rsvp.state, 1 + rsvp.guests) if rsvp.pk else ("", 0)
        after = places(self.pool, state, guests)
        before = places(self.pool, old, rsvp.guests) if old else dict.fromkeys(after, 0)
        for name in after:
            change = after[name] - before[name]
            self._moved[name] = self._moved.get(name, 0) + change
            setattr(self.meetup, name, getattr(self.meetup, name) + change)
        if state == State.WAITLISTED and rsvp.queue_number is None:
            self.meetup.queue_number += 1
            rsvp.queue_number = self.meetup.queue_number
        number = rsvp.queue_number
        if state not in {State.WAITLISTED, State.OFFERED}:
            rsvp.queue_number = None
        rsvp.state, rsvp.guests, rsvp.offered_until, rsvp.changed_at = state, guests, until, self.at
        rsvp.is_online = self.is_online
        rsvp.save()
        if number is not None:
            party = held if old in {State.WAITLISTED, State.OFFERED} and state != State.WAITLISTED else 1 + guests
            self._note(step or _step(old, state), party, rsvp.member_id, number)
        elif (freed := before[self.pool.taken] - after[self.pool.taken]) > 0:
            self._note(Kind.FREED, freed)

    def resize(self, capacity: int | None) -> None:
        """Set the capacity; those already going keep their seats above a lower one."""
        old, pool = self.capacity, self.pool
        over = max(0, getattr(self.meetup, pool.taken) - capacity) if capacity is not None else 0
        for name, value in ((pool.capacity, capacity), (pool.excess, over)):
            setattr(self.meetup, name, value)
        Meetup.objects.filter(pk=self.meetup.pk).update(**{pool.capacity: capacity, pool.excess: over})
        if old is not None:
            more = (capacity - old) if capacity is not None else self.meetup.waiting_count
            self._note(Kind.ADDED if more > 0 else Kind.REMOVED, abs(more))

    def fill(self) -> list[Risen]:
        """Pass free seats on to those who wait, strictly first come first; answers who moved up.

        A party waits until its seats are free together, and nobody behind it goes first. In the last hours nothing is
        passed on: whoever presses first has the seat.
        """
        risen: list[Risen] = []
        if not self.meetup.waiting_count or self.free == 0 or self.is_first_come:
            return risen
        for rsvp in self.queue[: self.free]:
            if not self.fits(1 + rsvp.guests):
                break
            risen.append(self._rise(rsvp))
        return risen

    def keep(self) -> None:
        """Write the counters, as steps: the database refuses a step past the capacity, whoever else took one."""
        steps = {name: F(name) + step for name, step in self._moved.items() if step}
        over = max(0, getattr(self.meetup, self.pool.taken) - self.capacity) if self.capacity is not None else 0
        excess = min(getattr(self.meetup, self.pool.excess), over)
        setattr(self.meetup, self.pool.excess, excess)
        kept = {"queue_number": self.meetup.queue_number, self.pool.excess: excess}
        Meetup.objects.filter(pk=self.meetup.pk).update(**kept, **steps)
        QueueMove.objects.bulk_create(self._log)
        self._moved, self._log = {}, []

    def _rise(self, rsvp: Rsvp) -> Risen:
        number, until = rsvp.queue_number or 0, None
        if holds.way(self.meetup.starts_at, self.at) is Way.GIVEN:
            self.move(rsvp, State.GOING, rsvp.guests)
        else:
            until = holds.held_until(self.meetup.starts_at, self.meetup.time_zone, self.at)
            self.move(rsvp, State.OFFERED, rsvp.guests, until=until)
        return Risen(rsvp, number, until)

    def _note(self, step: str, seats: int, member_id: int | None = None, number: int | None = None) -> None:
        """A line of the log; what touches nobody who waits is not written."""
        if number is None and not self.meetup.waiting_count:
            return
        self._log.append(
            QueueMove(
                meetup=self.meetup,
                member_id=member_id,
                queue_number=number,
                kind=step,
                is_online=self.is_online,
                seats=seats,
                made_at=self.at,
            )
        )


def _step(old: str, new: str) -> str:
    """What happened to a place in the queue, from the states before and after."""
    if new == State.WAITLISTED:
        return Kind.RESIZED if old == State.WAITLISTED else Kind.JOINED
    if old == State.OFFERED:
        return Kind.ACCEPTED if new == State.GOING else Kind.PASSED
    return {State.GOING: Kind.GIVEN, State.OFFERED: Kind.OFFERED}.get(State(new), Kind.LEFT)
