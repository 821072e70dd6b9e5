"""The copy in a mailed calendar follows the answer: once, by one mail to one attendee, whatever way it was given."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from community.actions import departure, memberships
from community.models import Group, Member, Sanction
from meetups.actions import copies, invitations, promotions, rsvps, standing
from meetups.models import Invitation, Meetup, Rsvp
from notifications.actions import incoming, letters, preferences
from notifications.models import OutgoingMail
from notifications.models.preference import Channel
from tests.factories.community import MembershipFactory
from tests.factories.meetups import MeetupFactory, RsvpFactory, SeriesFactory, VenueFactory
from tests.meetups import mails
from tests.meetups.readers import IcalJs, by_ical, by_icalendar

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = AT + 2 * HOUR
State = Rsvp.State


@pytest.fixture
def evening(group: Group) -> Meetup:
    return MeetupFactory(group=group, title="Pläne; und, Pizza", venue=VenueFactory(group=group, name="The Fox"))


@pytest.fixture
def asked(evening: Meetup, joined: Member) -> icalendar.Event:
    """The invitation that a member of the group got by mail."""
    invitations.send(AT)
    letters.write(AT)
    return event_of(OutgoingMail.objects.get(member=joined))


def body_of(mail: OutgoingMail) -> bytes:
    (part,) = mail.attachments
    return part["text"].replace("\n", "\r\n").encode()


def event_of(mail: OutgoingMail) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(body_of(mail)).walk("VEVENT")
    return event


def copied() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind=copies.KIND).order_by("pk"))


def say(member: Member, evening: Meetup, state: str, at: datetime = LATER) -> None:
    rsvps.answer(member=member, meetup=evening, state=state, at=at)


def test_a_no_on_the_page_reaches_the_calendar_once(
    evening: Meetup, joined: Member, asked: icalendar.Event, ical_js: IcalJs
) -> None:
    say(joined, evening, State.DECLINED)
    assert [copies.follow(LATER + each * MINUTE) for each in (14, 15, 16, 60, 600)] == [0, 1, 0, 0, 0]
    (mail,) = copied()
    event, calendar = event_of(mail), icalendar.Calendar.from_ical(body_of(mail))
    assert calendar["METHOD"] == "REQUEST"
    assert mail.attachments[0]["type"] == "text/calendar; method=REQUEST"
    assert [event[name] for name in ("UID", "ORGANIZER", "SEQUENCE")] == [
        asked[name] for name in ("UID", "ORGANIZER", "SEQUENCE")
    ]
    assert (str(event["ATTENDEE"]), event["ATTENDEE"].params["PARTSTAT"]) == (f"mailto:{joined.email}", "DECLINED")
    assert (event["DTSTAMP"].dt, event["DTSTAMP"].dt > asked["DTSTAMP"].dt) == (LATER, True)
    assert "You are not coming." in mail.text
    true = {evening.uid: (evening.starts_at, evening.ends_at)}
    body = body_of(mail)
    assert (by_icalendar(body), by_ical(body), ical_js.read(body)) == (true, true, [true])


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("state", "part_stat"), [(State.MAYBE, "TENTATIVE"), (State.DECLINED, "DECLINED"), (State.GOING, "TENTATIVE")]
)
def test_what_was_answered(evening: Meetup, joined: Member, state: str, part_stat: str) -> None:
    """Going where it is full is waiting."""
    Meetup.objects.update(capacity=1, seats_taken=1, going_count=1)
    say(joined, evening, state)
    copies.follow(LATER + HOUR)
    (mail,) = copied()
    assert event_of(mail)["ATTENDEE"].params["PARTSTAT"] == part_stat
    assert Invitation.objects.get().shows == part_stat


@pytest.mark.usefixtures("asked")
def test_a_yes_needs_no_second_mail(evening: Meetup, joined: Member) -> None:
    say(joined, evening, State.GOING)
    letters.write(LATER)
    assert [copies.follow(LATER + each * HOUR) for each in (1, 2, 30)] == [0, 0, 0]


@pytest.mark.usefixtures("asked")
def test_there_and_back_is_nothing(evening: Meetup, joined: Member) -> None:
    say(joined, evening, State.GOING)
    letters.write(LATER)
    say(joined, evening, State.DECLINED, LATER + 2 * HOUR)
    say(joined, evening, State.GOING, LATER + 2 * HOUR + 10 * MINUTE)
    assert copies.follow(LATER + 3 * HOUR) == 0
    assert copied() == []


@pytest.mark.usefixtures("asked")
def test_once_an_hour_at_most_and_then_as_it_stands(evening: Meetup, joined: Member) -> None:
    say(joined, evening, State.DECLINED)
    copies.follow(LATER + 15 * MINUTE)
    say(joined, evening, State.MAYBE, LATER + 20 * MINUTE)
    assert [copies.follow(LATER + each * MINUTE) for each in (35, 74, 75)] == [0, 0, 1]
    assert [event_of(mail)["ATTENDEE"].params["PARTSTAT"] for mail in copied()] == ["DECLINED", "TENTATIVE"]


def test_what_the_calendar_answered_itself_it_has(evening: Meetup, joined: Member, asked: icalendar.Event) -> None:
    mail = OutgoingMail.objects.get(member=joined)
    incoming.receive(mails.gmail(mails.Asked.in_mail(mail.attachments[0]["text"]), "DECLINED"), LATER)
    assert Rsvp.objects.get().state == State.DECLINED
    assert Invitation.objects.get().shows == "DECLINED"
    assert copies.follow(LATER + 2 * HOUR) == 0


def test_an_offer_that_ran_out_leaves_no_yes_behind(evening: Meetup, joined: Member) -> None:
    rsvp = RsvpFactory(
        meetup=evening, member=joined, state=State.OFFERED, queue_number=1, offered_until=LATER, changed_at=AT
    )
    Meetup.objects.update(seats_taken=1)
    invitations.enclosed(evening, joined, AT)
    promotions.expire(LATER)
    rsvp.refresh_from_db()
    assert rsvp.state == State.DECLINED
    assert copies.follow(LATER + HOUR) == 1


def test_who_was_not_mailed_hears_nothing(evening: Meetup, joined: Member) -> None:
    say(joined, evening, State.DECLINED)
    assert copies.follow(LATER + HOUR) == 0


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("how", ["chosen", "suspended"])
def test_who_wants_no_mail_gets_none(evening: Meetup, joined: Member, group: Group, how: str) -> None:
    say(joined, evening, State.DECLINED)
    if how == "chosen":
        preferences.choose(member_id=joined.pk, kind=copies.KIND, scope="", channel=Channel.INBOX)
    else:
        Sanction.objects.create(member=joined, kind="suspend", reason="x", starts_at=AT, group=None)
    copies.follow(LATER + HOUR)
    assert (copied(), Invitation.objects.get().shows, copies.follow(LATER + 2 * HOUR)) == ([], "", 0)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    "facts", [{"state": "cancelled"}, {"state": "draft"}, {"hidden_at": AT}, {"starts_at": AT, "ends_at": AT + HOUR}]
)
def test_only_what_is_to_come(evening: Meetup, joined: Member, facts: dict[str, Any]) -> None:
    say(joined, evening, State.DECLINED)
    Meetup.objects.update(**facts)
    assert copies.follow(LATER + HOUR) == 0


def test_most_rounds_are_one_query(evening: Meetup, django_assert_num_queries) -> None:
    for _ in range(3):
        RsvpFactory(meetup=evening, changed_at=AT)
    with django_assert_num_queries(1):
        copies.follow(AT + HOUR)


class TestLeaving:
    """Who left the group is no longer invited: a CANCEL to them alone."""

    def test_the_evening_leaves_their_calendar_and_nobody_elses(
        self, evening: Meetup, joined: Member, asked: icalendar.Event, ical_js: IcalJs
    ) -> None:
        memberships.leave(member=joined, group=evening.group, at=LATER)
        (mail,) = copied()
        calendar, event = icalendar.Calendar.from_ical(body_of(mail)), event_of(mail)
        assert calendar["METHOD"] == "CANCEL"
        assert mail.attachments[0]["type"] == "text/calendar; method=CANCEL"
        assert ("STATUS" in event, event["UID"], event["ORGANIZER"]) == (False, asked["UID"], asked["ORGANIZER"])
        assert str(event["ATTENDEE"]) == f"mailto:{joined.email}"
        assert event["SEQUENCE"] >= asked["SEQUENCE"]
        true = {evening.uid: (evening.starts_at, evening.ends_at)}
        body = body_of(mail)
        assert (by_icalendar(body), by_ical(body), ical_js.read(body)) == (true, true, [true])
        assert (Invitation.objects.count(), mail.to) == (0, joined.email)

    @pytest.mark.usefixtures("asked")
    def test_what_was_declined_or_is_over_is_left_alone(self, evening: Meetup, joined: Member) -> None:
        Invitation.objects.update(shows="DECLINED")
        past = MeetupFactory(group=evening.group, starts_at=AT - timedelta(days=30))
        Invitation.objects.create(meetup=past, member=joined, sent_at=AT, shows="ACCEPTED")
        memberships.leave(member=joined, group=evening.group, at=LATER)
        assert (copied(), list(Invitation.objects.values_list("meetup", flat=True))) == ([], [past.pk])

    @pytest.mark.usefixtures("asked")
    def test_nothing_is_kept_of_someone_who_departed(self, joined: Member) -> None:
        departure.depart(member=joined, at=LATER)
        assert Invitation.objects.count() == 0


class TestEveryTime:
    """Who comes every month gets each invitation when that meetup opens, not twelve at once."""

    def test_one_at_a_time_with_the_answer_in_it(self, group: Group) -> None:
        rhythm = SeriesFactory(group=group)
        evenings = [
            MeetupFactory(group=group, series=rhythm, starts_at=AT + timedelta(days=days), capacity=2)
            for days in (30, 60)
        ]
        for _ in range(2):
            RsvpFactory(meetup=evenings[1])
        regular = MembershipFactory(group=group).member
        standing.begin(member=regular, series=rhythm, at=AT)
        letters.write(AT)
        assert not [mail for mail in OutgoingMail.objects.filter(member=regular) if mail.attachments]
        for days, part_stat, title in (
            (30, "ACCEPTED", "You are down for"),
            (60, "TENTATIVE", "You wait for a seat at"),
        ):
            opens = AT + timedelta(days=days) - invitations.OPENS
            assert [invitations.send(opens), invitations.send(opens)] == [1, 0]
            letters.write(opens)
            mail = OutgoingMail.objects.filter(member=regular).latest("pk")
            assert mail.subject.startswith(title)
            assert event_of(mail)["ATTENDEE"].params["PARTSTAT"] == part_stat
        assert Invitation.objects.filter(member=regular).count() == 2

    def test_of_what_has_opened_at_once(self, group: Group) -> None:
        rhythm = SeriesFactory(group=group)
        MeetupFactory(group=group, series=rhythm, starts_at=AT + timedelta(days=7), invited_at=AT - HOUR)
        regular = MembershipFactory(group=group).member
        standing.begin(member=regular, series=rhythm, at=AT)
        letters.write(AT)
        (mail,) = [mail for mail in OutgoingMail.objects.filter(member=regular) if mail.attachments]
        assert event_of(mail)["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
