"""Reminders: once each, at the right moment, quiet when they should be. And words of the organisers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from community.models import Group, Member
from community.verdicts import NotAllowed
from meetups import exports, reminding
from meetups.actions import departures, meetups, reminders
from meetups.models import Announcement, Meetup, Reminder
from notifications.actions import letters
from notifications.models import Notice, OutgoingMail
from tests.factories.meetups import MeetupFactory, RsvpFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 8, 18, 30, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def evening(group: Group) -> Meetup:
    return MeetupFactory(group=group, title="Evening", starts_at=START)


def told() -> list[str]:
    return list(Notice.objects.filter(kind="meetups.reminded").order_by("pk").values_list("title", flat=True))


@pytest.mark.parametrize(
    ("before", "due"),
    [
        (8 * DAY, []),
        (7 * DAY, [10080]),
        (2 * DAY, [10080]),
        (DAY, [1440, 10080]),
        (HOUR, [120, 1440, 10080]),
        (timedelta(0), []),
        (-HOUR, []),
    ],
)
def test_what_is_due(before: timedelta, due: list[int]) -> None:
    assert reminding.due(START, reminding.USUAL, START - before) == due


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 12, 1, 18, 30), "In 7 days"),
        (datetime(2026, 12, 7, 23, 59), "Tomorrow"),
        (datetime(2026, 12, 8, 0, 1), "Today"),
    ],
)
def test_how_far_off(now: datetime, words: str) -> None:
    assert reminding.in_words(datetime(2026, 12, 8, 18, 30), now) == words


def test_three_reminders_each_once(evening: Meetup) -> None:
    RsvpFactory(meetup=evening)
    moments = (8 * DAY, 7 * DAY, 7 * DAY, 2 * DAY, DAY, DAY, 3 * HOUR, 2 * HOUR, HOUR, timedelta(0))
    assert [reminders.remind(START - before) for before in moments] == [0, 1, 0, 0, 1, 0, 0, 1, 0, 0]
    assert told() == [f"{words}: Evening, Tuesday 8 December, 18:30" for words in ("In 7 days", "Tomorrow", "Today")]


def test_after_a_silence_only_the_nearest_leaves(evening: Meetup) -> None:
    RsvpFactory(meetup=evening)
    assert [reminders.remind(START - HOUR), reminders.remind(START - HOUR)] == [1, 0]
    assert told() == ["Today: Evening, Tuesday 8 December, 18:30"]


def test_to_those_who_come_or_might(evening: Meetup) -> None:
    wanted = {RsvpFactory(meetup=evening, state=state).member_id for state in ("going", "maybe")}
    for state in ("declined", "waitlisted", "requested"):
        RsvpFactory(meetup=evening, state=state)
    reminders.remind(START - DAY)
    assert set(Notice.objects.values_list("recipient", flat=True)) == wanted


@pytest.mark.parametrize("facts", [{"state": "cancelled"}, {"state": "draft"}, {"hidden_at": START - 9 * DAY}])
def test_quiet_where_nothing_happens(evening: Meetup, facts: dict[str, Any]) -> None:
    RsvpFactory(meetup=evening)
    Meetup.objects.filter(pk=evening.pk).update(**facts)
    assert (reminders.remind(START - DAY), Notice.objects.count()) == (0, 0)


def test_a_cancellation_takes_back_a_reminder_that_waits(evening: Meetup, organiser: Member) -> None:
    RsvpFactory(meetup=evening)
    reminders.remind(START - DAY)
    meetups.cancel(actor=organiser, meetup=evening, why="", at=START - DAY)
    letters.write(START - DAY)
    assert ["Cancelled" in mail.subject for mail in OutgoingMail.objects.all()] == [True]


def test_an_evening_that_moved_is_reminded_of_again(evening: Meetup) -> None:
    RsvpFactory(meetup=evening)
    reminders.remind(START - 7 * DAY)
    later = START + 28 * DAY
    Meetup.objects.filter(pk=evening.pk).update(starts_at=later, ends_at=later + 2 * HOUR)
    assert [reminders.remind(later - 8 * DAY), reminders.remind(later - 7 * DAY)] == [0, 1]


def test_the_day_is_that_of_the_place(group: Group) -> None:
    start = datetime(2026, 12, 8, 20, 0, tzinfo=UTC)
    far = MeetupFactory(group=group, title="Evening", time_zone="Pacific/Auckland", starts_at=start)
    RsvpFactory(meetup=far)
    reminders.remind(start - 12 * HOUR)
    assert told() == ["Tomorrow: Evening, Wednesday 9 December, 09:00"]


def test_a_group_chooses(evening: Meetup, group: Group, organiser: Member, at: datetime) -> None:
    RsvpFactory(meetup=evening)
    plan = reminders.plan(actor=organiser, group=group, minutes=[60, 4320, 99], at=at)
    assert plan.minutes == [4320, 60]
    assert [reminders.remind(START - each) for each in (7 * DAY, 3 * DAY, DAY, HOUR)] == [0, 1, 0, 1]
    reminders.plan(actor=organiser, group=group, minutes=[], at=at)
    assert reminders.remind(START - timedelta(minutes=30)) == 0


def test_only_organisers_choose(group: Group, joined: Member, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        reminders.plan(actor=joined, group=group, minutes=[], at=at)


@pytest.mark.parametrize("number", [1, 3])
def test_most_rounds_cost_three_queries(group: Group, number: int, django_assert_num_queries: Any) -> None:
    for _ in range(number):
        RsvpFactory(meetup=MeetupFactory(group=group, starts_at=START))
    reminders.remind(START - DAY)
    with django_assert_num_queries(3):
        assert reminders.remind(START - DAY) == 0


def test_the_database_keeps_one(evening: Meetup, at: datetime) -> None:
    Reminder.objects.create(meetup=evening, minutes=60, starts_at=START, sent_at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(meetup=evening, minutes=60, starts_at=START, sent_at=at)


class TestAnnouncements:
    """Words to those who come."""

    def say(self, organiser: Member, evening: Meetup, at: datetime, **facts: Any) -> Announcement:
        usual = {"audience": "going", "subject": "Side door", "words": "Use the side door.", "client_key": "k"}
        return reminders.announce(actor=organiser, meetup=evening, at=at, **usual | facts)

    @pytest.mark.parametrize(
        ("audience", "states"),
        [("going", {"going"}), ("waiting", {"waitlisted"}), ("all", {"going", "waitlisted", "maybe", "requested"})],
    )
    def test_whom(self, audience: str, states: set[str], evening: Meetup, organiser: Member, at: datetime) -> None:
        everyone = {
            state: RsvpFactory(meetup=evening, state=state).member_id
            for state in ("going", "waitlisted", "maybe", "requested", "declined")
        }
        said = self.say(organiser, evening, at, audience=audience)
        assert set(Notice.objects.values_list("recipient", flat=True)) == {everyone[state] for state in states}
        assert said.recipient_count == len(states)

    def test_pressed_twice_is_sent_once(self, evening: Meetup, organiser: Member, at: datetime) -> None:
        RsvpFactory(meetup=evening)
        assert self.say(organiser, evening, at) == self.say(organiser, evening, at)
        letters.write(at)
        mail = OutgoingMail.objects.get()
        assert (mail.subject, "Use the side door." in mail.text) == ("Evening: Side door", True)

    def test_no_more_than_five_a_day(self, evening: Meetup, organiser: Member, at: datetime) -> None:
        for number in range(5):
            self.say(organiser, evening, at, client_key=str(number))
        with pytest.raises(NotAllowed, match="5 messages went out"):
            self.say(organiser, evening, at + DAY - HOUR, client_key="6")
        assert self.say(organiser, evening, at + DAY, client_key="7").pk

    def test_only_organisers(self, evening: Meetup, joined: Member, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            self.say(joined, evening, at)

    def test_what_i_wrote_is_in_my_download_and_stays_without_me(
        self, evening: Meetup, organiser: Member, at: datetime
    ) -> None:
        self.say(organiser, evening, at)
        (row,) = exports.announcements(organiser)
        assert (row["subject"], row["words"], row["sent_at"]) == ("Side door", "Use the side door.", at.isoformat())
        departures.departed(member=organiser, at=at)
        assert Announcement.objects.get().author is None
