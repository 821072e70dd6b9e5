"""The seats of one meetup, counted under its lock. Every change of an answer goes through here."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F

from meetups.models import Meetup, Rsvp

State = Rsvp.State
COUNTERS = ("seats_taken", "going_count", "waiting_count")


def locked(meetup_id: int) -> Meetup:
    """The meetup, its row locked until the transaction ends. Who needs the group's row too takes that one first."""
    rows = Meetup.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("group", "venue", "room").get(pk=meetup_id)


def places(state: str, guests: int) -> dict[str, int]:
    """What one answer adds to each counter."""
    return {
        "seats_taken": 1 + guests if state in {State.GOING, State.OFFERED} else 0,
        "going_count": int(state == State.GOING),
        "waiting_count": int(state == State.WAITLISTED),
    }


@dataclass(slots=True)
class Seats:
    """The open book of a meetup: `move` and `fill` change rows and note the difference, `keep` writes the counters."""

    meetup: Meetup
    _moved: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTERS, 0))

    @property
    def free(self) -> int | None:
        """Seats nobody has; None where there is no limit."""
        if self.meetup.capacity is None:
            return None
        return max(0, self.meetup.capacity - self.meetup.seats_taken)

    def fits(self, seats: int) -> bool:
        """So many seats are free."""
        return self.free is None or seats <= self.free

    def opens_to(self, party: int) -> bool:
        """Someone new may sit down: there is room, and nobody waits."""
        return self.meetup.waiting_count == 0 and self.fits(party)

    def move(self, rsvp: Rsvp, state: str, guests: int, at: datetime) -> None:
        """Set an answer to this state, stored; joining the queue gives the next number, leaving it takes it away."""
        before = places(rsvp.state, rsvp.guests) if rsvp.pk else dict.fromkeys(COUNTERS, 0)
        after = places(state, guests)
        for name in COUNTERS:
            step = after[name] - before[name]
            self._moved[name] += step
            setattr(self.meetup, name, getattr(self.meetup, name) + step)
        if state != State.WAITLISTED:
            rsvp.queue_number = None
        elif rsvp.queue_number is None:
            self.meetup.queue_number += 1
            rsvp.queue_number = self.meetup.queue_number
        rsvp.state, rsvp.guests, rsvp.changed_at = state, guests, at
        rsvp.save()

    def fill(self, at: datetime) -> list[tuple[Rsvp, int]]:
        """Give free seats to those who wait, strictly first come first; answers who moved up, with their number.

        A party waits until its seats are free together, and nobody behind it goes first.
        """
        risen: list[tuple[Rsvp, int]] = []
        if not self.meetup.waiting_count or self.free == 0:
            return risen
        for rsvp in self.meetup.rsvps.waiting().select_related("member")[: self.free]:
            if not self.fits(1 + rsvp.guests):
                break
            risen.append((rsvp, rsvp.queue_number or 0))
            self.move(rsvp, State.GOING, rsvp.guests, at)
        return risen

    def keep(self) -> None:
        """Write the counters, as steps: the database refuses a step past the capacity, whoever else took one."""
        steps = {name: F(name) + step for name, step in self._moved.items() if step}
        over = max(0, self.meetup.seats_taken - (self.meetup.capacity or 0)) if self.meetup.capacity is not None else 0
        self.meetup.excess_seats = min(self.meetup.excess_seats, over)
        Meetup.objects.filter(pk=self.meetup.pk).update(
            queue_number=self.meetup.queue_number, excess_seats=self.meetup.excess_seats, **steps
        )
        self._moved = dict.fromkeys(COUNTERS, 0)


def resize(meetup: Meetup, capacity: int | None) -> None:
    """Set the capacity of a locked meetup; those already going keep their seats above a lower one."""
    meetup.capacity = capacity
    meetup.excess_seats = max(0, meetup.seats_taken - capacity) if capacity is not None else 0
    Meetup.objects.filter(pk=meetup.pk).update(capacity=capacity, excess_seats=meetup.excess_seats)
