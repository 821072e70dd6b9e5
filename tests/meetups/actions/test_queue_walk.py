"""Random steps through one evening: nobody is overtaken, no seat is sold twice, each promotion is told once.

A short walk in the ordinary run, 10,000 steps with `SOAK=1`.
"""

import contextlib
import os
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from community.actions import memberships
from community.models import Group, Member
from meetups.actions import invitations, promotions, rsvps
from meetups.actions import meetups as evenings
from meetups.actions.rsvps import NoSeatForGuests, NoSeatThere, TooManyForTheRoom, TooManyGuests
from meetups.holds import Way, way
from meetups.models import Meetup, QueueMove, Rsvp
from meetups.queries import counts
from notifications.actions import incoming
from notifications.models import IncomingMail, Notice
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.meetups import MeetupFactory
from tests.meetups.mails import Asked, gmail

State, Kind = Rsvp.State, QueueMove.Kind
PEOPLE = 6
SOAK = bool(os.environ.get("SOAK"))
WALKS, STEPS = (200, 50) if SOAK else (6, 30)
PROMOTED = {Kind.GIVEN: "meetups.promoted", Kind.OFFERED: "meetups.offered"}

people, parties = st.integers(0, PEOPLE - 1), st.integers(0, 2)
spans = st.sampled_from([timedelta(minutes=20), timedelta(hours=3), timedelta(hours=13), timedelta(days=1)])


class Walk(RuleBasedStateMachine):
    """One evening, five days ahead; six people, any of whom may do anything, again and again."""

    group: Group
    organiser: Member
    members: list[Member]
    began: datetime

    @initialize(capacity=st.integers(2, 4), is_hybrid=st.booleans())
    def plan(self, capacity: int, is_hybrid: bool) -> None:
        self.at = self.began
        self.meetup = MeetupFactory(
            group=self.group,
            starts_at=self.began + timedelta(days=5),
            capacity=capacity,
            is_hybrid=is_hybrid,
            online_capacity=2 if is_hybrid else None,
            guests_allowed=2,
        )
        self.before: dict[int, int] = {}

    @rule(who=people, guests=parties, clicks=st.integers(1, 2), online=st.sampled_from([None, None, False, True]))
    def come(self, who: int, guests: int, clicks: int, online: bool | None) -> None:
        for _ in range(clicks):
            with contextlib.suppress(NoSeatForGuests, NoSeatThere, TooManyForTheRoom, TooManyGuests):
                self.answer(who, State.GOING, guests, online)

    @rule(who=people, state=st.sampled_from([State.DECLINED, State.MAYBE]))
    def stay_away(self, who: int, state: str) -> None:
        self.answer(who, state, 0, None)

    @rule(who=people, part_stat=st.sampled_from(["ACCEPTED", "TENTATIVE", "DECLINED"]), guests=parties)
    def press_in_the_calendar(self, who: int, part_stat: str, guests: int) -> None:
        """Yes, Maybe or No in the calendar of whoever was invited by mail; the mail comes twice."""
        member, held = self.members[who], self.held
        self.remember()
        enclosed = invitations.enclosed(held, member, self.at)
        if enclosed is None:
            return
        raw = gmail(Asked.in_mail(enclosed.parts[0]["text"]), part_stat, guests=guests, stamp=self.at)
        outcomes = [incoming.receive(raw, self.at).outcome for _ in range(2)]
        assert outcomes[0] == outcomes[1]
        assert outcomes[0] in {IncomingMail.Outcome.DONE, IncomingMail.Outcome.REFUSED}
        self.nobody_was_overtaken()

    @rule(who=people)
    def leave_the_group(self, who: int) -> None:
        """Going again joins it again."""
        self.remember()
        memberships.leave(member=self.members[who], group=self.group, at=self.at)
        self.nobody_was_overtaken()

    @rule(capacity=st.one_of(st.none(), st.integers(1, 6)))
    def resize(self, capacity: int | None) -> None:
        held = self.held
        self.remember()
        details = evenings.Details(
            title=held.title,
            starts_at=held.starts_at,
            ends_at=held.ends_at,
            time_zone=held.time_zone,
            capacity=capacity,
            is_hybrid=held.is_hybrid,
            online_capacity=capacity if held.is_hybrid else None,
            guests_allowed=2,
        )
        evenings.amend(actor=self.organiser, meetup=held, details=details, at=self.at)
        self.nobody_was_overtaken()

    @rule(span=spans, is_tidy=st.booleans())
    def wait(self, span: timedelta, is_tidy: bool) -> None:
        """Time passes; due work may be late, and is run twice when it runs."""
        self.at = min(self.at + span, self.meetup.starts_at + timedelta(minutes=90))
        if is_tidy:
            self.remember()
            promotions.expire(self.at)
            assert promotions.expire(self.at) == 0
            promotions.open_up(self.at)
            assert promotions.open_up(self.at) == 0
            self.nobody_was_overtaken()

    def answer(self, who: int, state: str, guests: int, online: bool | None) -> None:
        self.remember()
        member = self.members[who]
        rsvps.answer(member=member, meetup=self.meetup, state=state, guests=guests, online=online, at=self.at)
        self.nobody_was_overtaken()

    @property
    def held(self) -> Meetup:
        return Meetup.objects.select_related("group").get(pk=self.meetup.pk)

    def remember(self) -> None:
        """Who waits, with the size of the party; and the last step of the log."""
        self.before = {rsvp.queue_number or 0: 1 + rsvp.guests for rsvp in self.meetup.rsvps.waiting()}
        last = QueueMove.objects.filter(meetup=self.meetup).order_by("-pk").first()
        self.last = last.pk if last else 0
        self.seated = set(self.meetup.rsvps.seated().values_list("member", "is_online"))

    def nobody_was_overtaken(self) -> None:
        """Whoever waited before this step and waits still was passed by nobody, but by the party rule."""
        if way(self.meetup.starts_at, self.at) is Way.FIRST_COME:
            return
        for is_online in (False, True):
            self.nobody_was_overtaken_there(self.held, is_online)

    def nobody_was_overtaken_there(self, held: Meetup, is_online: bool) -> None:
        capacity = held.online_capacity if is_online else held.capacity
        waiting = held.rsvps.waiting().filter(is_online=is_online)
        still = [rsvp for rsvp in waiting if rsvp.queue_number in self.before]
        could = [rsvp for rsvp in still if capacity is None or 1 + rsvp.guests <= capacity]
        first = min((rsvp.queue_number or 0 for rsvp in could), default=None)
        if first is None:
            return
        moves = QueueMove.objects.filter(meetup=held, pk__gt=self.last, is_online=is_online)
        rose = set(moves.filter(kind__in=[*PROMOTED, Kind.TAKEN]).values_list("queue_number", flat=True))
        assert all(number < first for number in rose)
        waited = set(moves.filter(queue_number__isnull=False).values_list("member", flat=True))
        new = set(held.rsvps.seated().values_list("member", "is_online")) - self.seated
        assert {who for who, there in new if there == is_online} <= waited, "someone sat down beside the queue"

    @invariant()
    def no_seat_is_sold_twice(self) -> None:
        held = self.held
        assert counts.kept(held) == counts.counted(held.pk)
        assert held.capacity is None or held.seats_taken <= held.capacity + held.excess_seats
        assert held.excess_seats == max(0, held.seats_taken - (held.capacity or held.seats_taken))
        assert held.online_excess == max(0, held.online_taken - (held.online_capacity or held.online_taken))

    @invariant()
    def one_answer_each(self) -> None:
        rows = list(self.meetup.rsvps.values_list("member", flat=True))
        assert len(rows) == len(set(rows))

    @invariant()
    def no_seat_stays_free_while_the_next_in_line_fits(self) -> None:
        held = self.held
        if way(held.starts_at, self.at) is Way.FIRST_COME:
            return
        seats = ((False, held.capacity, held.seats_taken), (True, held.online_capacity, held.online_taken))
        for is_online, capacity, taken in seats:
            if capacity is not None:
                head = held.rsvps.waiting().filter(is_online=is_online, guests__lt=capacity).first()
                assert head is None or 1 + head.guests > max(0, capacity - taken)

    @invariant()
    def one_notice_a_promotion(self) -> None:
        for step, kind in PROMOTED.items():
            moves = QueueMove.objects.filter(meetup=self.meetup, kind=step)
            rose = sorted(moves.values_list("member", "queue_number"))
            told = Notice.objects.filter(kind=kind, subject=f"meetup:{self.meetup.pk}")
            assert (
                sorted((who, int(key.rsplit(":", 1)[1])) for who, key in told.values_list("recipient", "dedupe_key"))
                == rose
            )


@pytest.fixture
def walk(group: Group, organiser: Member, at: datetime) -> type[Walk]:
    members = [MemberFactory() for _ in range(PEOPLE)]
    for member in members:
        MembershipFactory(group=group, member=member)
    facts = {"group": group, "organiser": organiser, "members": members, "began": at}
    return type("WalkHere", (Walk,), facts)


def test_a_random_walk_through_the_queue(walk: type[Walk]) -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    how = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=not SOAK,
        phases=[Phase.generate, Phase.shrink] if SOAK else [Phase.generate],
        suppress_health_check=quiet,
    )
    run_state_machine_as_test(walk, settings=how)
