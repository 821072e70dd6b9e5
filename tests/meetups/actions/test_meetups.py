"""Planned, moved, called off, copied."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from community.models import Group, Member
from community.verdicts import NotAllowed
from meetups.actions import dates, meetups
from meetups.actions.details import Details, EndsBeforeStart, InThePast, UnknownZone
from meetups.models import Meetup, Rsvp
from notifications.models import Notice
from tests.factories.meetups import SOON, AgendaItemFactory, MeetupFactory, RsvpFactory, VenueFactory
from tests.kept import Watch

DETAILS = Details(
    title="Hiring, the second person",
    starts_at=SOON,
    ends_at=SOON + timedelta(hours=2),
    time_zone="Europe/London",
)


def details_of(meetup: Meetup, **other: object) -> Details:
    names = list(Details.__dataclass_fields__)
    return replace(Details(**{name: getattr(meetup, name) for name in names}), **other)


def told() -> list[tuple[str, int]]:
    return sorted(Notice.objects.values_list("kind", "recipient"))


def test_an_evening_gets_an_identity_and_the_group_knows_its_next(
    group: Group, organiser: Member, at: datetime
) -> None:
    meetup = meetups.schedule(actor=organiser, group=group, details=DETAILS, at=at)
    group.refresh_from_db()
    assert (group.next_meetup_at, group.next_meetup_url) == (SOON, f"/meetups/{meetup.pk}/hiring-the-second-person/")
    assert meetup.uid.endswith("@localhost")
    assert (meetup.sequence, meetup.planned_by) == (0, organiser)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"ends_at": SOON}, EndsBeforeStart),
        ({"time_zone": "Europe/Ledes"}, UnknownZone),
        ({"starts_at": SOON - timedelta(days=30)}, InThePast),
    ],
)
def test_what_no_calendar_can_show_is_refused(group: Group, organiser: Member, at: datetime, wrong, error) -> None:
    with pytest.raises(error):
        meetups.schedule(actor=organiser, group=group, details=replace(DETAILS, **wrong), at=at)
    assert not Meetup.objects.exists()


def test_moving_tells_those_who_answered_and_keeps_the_identity(group: Group, organiser: Member, at: datetime) -> None:
    meetup = MeetupFactory(group=group)
    going = RsvpFactory(meetup=meetup).member
    maybe = RsvpFactory(meetup=meetup, state=Rsvp.State.MAYBE).member
    RsvpFactory(meetup=meetup, state=Rsvp.State.DECLINED)
    later = details_of(meetup, starts_at=SOON + timedelta(days=1), ends_at=SOON + timedelta(days=1, hours=2))
    kept = meetups.amend(actor=organiser, meetup=meetup, details=later, at=at)
    kept.refresh_from_db()
    assert (kept.uid, kept.sequence, kept.changed_at) == (meetup.uid, 1, at)
    assert kept.rsvps.going().count() == 1
    assert told() == [("meetups.changed", going.pk), ("meetups.changed", maybe.pk)]
    group.refresh_from_db()
    assert group.next_meetup_at == SOON + timedelta(days=1)


@pytest.mark.parametrize(
    ("other", "sequence", "is_changed"),
    [
        ({"title": "Cash flow"}, 0, True),
        ({"capacity": 20}, 0, False),
        ({"online_url": "https://meet.example.org/x"}, 1, True),
        ({}, 0, False),
    ],
)
def test_what_raises_the_sequence(
    group: Group, organiser: Member, at: datetime, other, sequence: int, is_changed: bool
) -> None:
    meetup = MeetupFactory(group=group)
    kept = meetups.amend(actor=organiser, meetup=meetup, details=details_of(meetup, **other), at=at)
    kept.refresh_from_db()
    assert (kept.sequence, kept.changed_at == at) == (sequence, is_changed)


def test_another_place_is_a_move(group: Group, organiser: Member, at: datetime) -> None:
    meetup = MeetupFactory(group=group)
    going = RsvpFactory(meetup=meetup).member
    place = VenueFactory(group=group)
    meetups.amend(actor=organiser, meetup=meetup, details=details_of(meetup, venue=place), at=at)
    assert told() == [("meetups.changed", going.pk)]


def test_cancelling_keeps_the_page_and_tells_everyone_once(
    group: Group, organiser: Member, at: datetime, watch: Watch
) -> None:
    meetup = MeetupFactory(group=group, capacity=1)
    going = RsvpFactory(meetup=meetup).member
    waiting = RsvpFactory(meetup=meetup, state=Rsvp.State.WAITLISTED).member
    dates.keep(group.pk, at)
    watch.written.clear()  # without its lock, which says it
    meetups.cancel(actor=organiser, meetup=meetup, why="The Fox is flooded.", at=at)
    meetup.refresh_from_db()
    group.refresh_from_db()
    assert (meetup.state, meetup.cancelled_why, meetup.sequence) == ("cancelled", "The Fox is flooded.", 1)
    assert (group.next_meetup_at, group.next_meetup_url) == (None, "")
    assert told() == [("meetups.cancelled", going.pk), ("meetups.cancelled", waiting.pk)]
    with pytest.raises(NotAllowed, match="cancelled"):
        meetups.cancel(actor=organiser, meetup=meetup, why="", at=at)


def test_a_copy_has_the_agenda_and_no_answers(group: Group, organiser: Member, at: datetime) -> None:
    meetup = MeetupFactory(group=group)
    AgendaItemFactory(meetup=meetup, title="Welcome", position=1)
    AgendaItemFactory(meetup=meetup, title="Cash flow", position=2)
    RsvpFactory(meetup=meetup)
    twin = meetups.copy(actor=organiser, meetup=meetup, details=DETAILS, at=at)
    assert [item.title for item in twin.agenda_items.order_by("position")] == ["Welcome", "Cash flow"]
    assert meetup.agenda_items.count() == 2
    assert (twin.rsvps.count(), twin.seats_taken) == (0, 0)
    assert twin.uid != meetup.uid


def test_only_organisers_plan(group: Group, joined: Member, at: datetime) -> None:
    meetup = MeetupFactory(group=group)
    for act in (
        lambda: meetups.schedule(actor=joined, group=group, details=DETAILS, at=at),
        lambda: meetups.amend(actor=joined, meetup=meetup, details=DETAILS, at=at),
        lambda: meetups.cancel(actor=joined, meetup=meetup, why="", at=at),
    ):
        with pytest.raises(NotAllowed, match="organisers"):
            act()
    meetup.refresh_from_db()
    assert (Meetup.objects.count(), meetup.state, meetup.sequence) == (1, "published", 0)


def test_the_group_moves_on_when_an_evening_has_passed(group: Group, at: datetime, watch: Watch) -> None:
    past = MeetupFactory(group=group, starts_at=at - timedelta(days=2))
    coming = MeetupFactory(group=group)
    Group.objects.filter(pk=group.pk).update(next_meetup_at=past.starts_at, next_meetup_url="/old/")
    running = MeetupFactory(starts_at=at - timedelta(minutes=30))
    dates.keep(running.group_id, at)
    watch.written.clear()  # without its lock, which says it
    assert dates.turn(at) == 1
    assert dates.turn(at) == 0
    group.refresh_from_db()
    assert (group.next_meetup_at, group.next_meetup_url) == (coming.starts_at, coming.get_absolute_url())
    assert group.last_meetup_at == past.starts_at
    assert Group.objects.get(pk=running.group_id).next_meetup_at == running.starts_at


def test_a_hidden_evening_is_out_of_sight_and_comes_back(group: Group, member: Member, at: datetime) -> None:
    meetup = MeetupFactory(group=group)
    for _ in range(2):
        meetups.hide(meetup, at)
    group.refresh_from_db()
    assert (list(Meetup.objects.visible_to(member)), group.next_meetup_at) == ([], None)
    meetups.restore(meetup, at)
    group.refresh_from_db()
    assert (list(Meetup.objects.visible_to(None)), group.next_meetup_at) == ([meetup], SOON)
