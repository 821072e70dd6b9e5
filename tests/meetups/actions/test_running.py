"""Agenda, door, room and topic, departures."""

from datetime import datetime, timedelta

import pytest

from chat.models import Seat
from community import registry
from community.models import Group, Member
from community.verdicts import NotAllowed
from forum.models import Category
from meetups.actions import agenda, door, talk
from meetups.models import AgendaItem, Attendance, Meetup, RsvpRequest
from meetups.queries import people
from tests.factories.community import MemberFactory
from tests.factories.meetups import MeetupFactory, RsvpFactory


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group)


def add(
    organiser: Member, meetup: Meetup, at: datetime, title: str, minutes: int = 20, kind: str = "peer"
) -> AgendaItem:
    return agenda.add(actor=organiser, meetup=meetup, title=title, minutes=minutes, kind=kind, at=at)


def titles(meetup: Meetup) -> list[str]:
    return list(meetup.agenda_items.order_by("position").values_list("title", flat=True))


def test_slots_are_added_moved_and_taken_out(meetup: Meetup, organiser: Member, at: datetime) -> None:
    first, second, _ = (add(organiser, meetup, at, title) for title in ("Welcome", "Cash flow", "Pizza"))
    agenda.move(actor=organiser, item=second, steps=-1, at=at)
    assert titles(meetup) == ["Cash flow", "Welcome", "Pizza"]
    agenda.move(actor=organiser, item=second, steps=-1, at=at)
    agenda.remove(actor=organiser, item=first, at=at)
    assert titles(meetup) == ["Cash flow", "Pizza"]


def test_members_do_not_write_the_agenda(meetup: Meetup, joined: Member, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        add(joined, meetup, at, "Mine")
    assert titles(meetup) == []


def test_checking_in_twice_is_once_and_lifts_newcomers_limits(
    meetup: Meetup, organiser: Member, member: Member
) -> None:
    RsvpFactory(meetup=meetup, member=member)
    here = meetup.starts_at
    for minutes in (0, 5):
        door.check_in(actor=organiser, meetup=meetup, member=member, at=here + timedelta(minutes=minutes))
    member.refresh_from_db()
    assert (Attendance.objects.count(), member.attended_at) == (1, here)


def test_a_slip_is_undone_and_the_first_evening_stays_the_first(
    meetup: Meetup, organiser: Member, member: Member
) -> None:
    earlier = MeetupFactory(group=meetup.group, starts_at=meetup.starts_at - timedelta(days=28))
    door.check_in(actor=organiser, meetup=earlier, member=member, at=earlier.starts_at)
    slip = door.check_in(actor=organiser, meetup=meetup, member=member, at=meetup.starts_at)
    door.undo(actor=organiser, attendance=slip, at=meetup.starts_at)
    member.refresh_from_db()
    assert member.attended_at == earlier.starts_at
    first = Attendance.objects.select_related("meetup__group").get()
    door.undo(actor=organiser, attendance=first, at=meetup.starts_at)
    member.refresh_from_db()
    assert member.attended_at is None


def test_the_door_opens_three_hours_before(meetup: Meetup, organiser: Member, joined: Member) -> None:
    with pytest.raises(NotAllowed, match="three hours"):
        door.walk_in(actor=organiser, meetup=meetup, name="Zoe", at=meetup.starts_at - timedelta(hours=4))
    with pytest.raises(NotAllowed, match="organisers"):
        door.walk_in(actor=joined, meetup=meetup, name="Zoe", at=meetup.starts_at)
    assert not Attendance.objects.exists()


def test_the_door_list_names_everyone_and_says_who_came_without_a_word(meetup: Meetup, organiser: Member) -> None:
    shy = RsvpFactory(meetup=meetup, member=MemberFactory(display_name="Bea", is_listed_by_name=False), guests=2).member
    RsvpFactory(meetup=meetup, member=MemberFactory(display_name="ann"))
    RsvpFactory(meetup=meetup, state="declined", member=MemberFactory(display_name="Dan"))
    door.check_in(actor=organiser, meetup=meetup, member=shy, at=meetup.starts_at)
    door.walk_in(actor=organiser, meetup=meetup, name="Zoe", at=meetup.starts_at)
    lines = [(line.name, line.guests, bool(line.attendance), line.note) for line in people.door_list(meetup)]
    assert lines == [("ann", 0, False, ""), ("Bea", 2, True, ""), ("Zoe", 0, True, "walked in")]


def test_the_room_opens_with_the_first_visit_and_seats_who_is_going(
    meetup: Meetup, organiser: Member, member: Member, at: datetime
) -> None:
    RsvpFactory(meetup=meetup, member=member)
    other = RsvpFactory(meetup=meetup).member
    RsvpFactory(meetup=meetup, state="maybe")
    room = talk.room(member=member, meetup=meetup, at=at)
    meetup.refresh_from_db()
    assert talk.room(member=organiser, meetup=meetup, at=at) == room == meetup.room
    assert (room.audience, room.origin_url) == ("seated", meetup.get_absolute_url())
    assert set(Seat.objects.values_list("member", flat=True)) == {member.pk, other.pk}


def test_others_stay_outside_the_room(meetup: Meetup, joined: Member, at: datetime) -> None:
    RsvpFactory(meetup=meetup, member=joined, state="maybe")
    with pytest.raises(NotAllowed, match="people who are going"):
        talk.room(member=joined, meetup=meetup, at=at)
    meetup.refresh_from_db()
    assert meetup.room is None


def test_one_topic_for_each_evening(meetup: Meetup, joined: Member, organiser: Member, at: datetime) -> None:
    Category.objects.create(group=meetup.group, name="Talk", slug="talk")
    topic = talk.topic(member=joined, meetup=meetup, at=at)
    fresh = Meetup.objects.select_related("group").get(pk=meetup.pk)
    assert talk.topic(member=organiser, meetup=fresh, at=at) == topic
    assert (topic.author, topic.origin_url) == (joined, meetup.get_absolute_url())


def test_departing_gives_up_seats_and_takes_the_person_out(
    meetup: Meetup, organiser: Member, member: Member, at: datetime
) -> None:
    past = MeetupFactory(group=meetup.group, starts_at=at - timedelta(days=28))
    RsvpFactory(meetup=past, member=member)
    door.check_in(actor=organiser, meetup=past, member=member, at=past.starts_at)
    RsvpFactory(meetup=meetup, member=member)
    RsvpRequest.objects.create(meetup=meetup, email=member.email, name="x", token_hash="x", made_at=at, expires_at=at)
    stays = RsvpRequest.objects.create(
        meetup=meetup, email="other@example.org", name="y", token_hash="y", made_at=at, expires_at=at
    )
    registry.announce("departed", member=member, at=at)
    meetup.refresh_from_db()
    assert (meetup.seats_taken, list(member.rsvps.values_list("meetup", "state"))) == (0, [(past.pk, "going")])
    assert list(Attendance.objects.values_list("member", "walk_in_name")) == [(None, "a former member")]
    assert list(RsvpRequest.objects.all()) == [stays]


def test_a_download_holds_answers_and_evenings(meetup: Meetup, organiser: Member, member: Member) -> None:
    RsvpFactory(meetup=meetup, member=member, guests=1)
    RsvpFactory(meetup=meetup)
    door.check_in(actor=organiser, meetup=meetup, member=member, at=meetup.starts_at)
    held = registry.exports(member)
    rows = {name: list(held[name]) for name in ("rsvps", "attendances")}
    assert [(row["meetup"], row["answer"], row["guests"]) for row in rows["rsvps"]] == [(meetup.title, "Going", 1)]
    assert [row["meetup"] for row in rows["attendances"]] == [meetup.title]
