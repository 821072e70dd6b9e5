"""Evenings by mail: who is asked when, and what the mail carries."""

from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser
from typing import Any

import icalendar
import pytest

from community.actions import memberships
from community.models import Group, Member
from meetups import exports
from meetups.actions import departures, invitations, meetups, rsvps
from meetups.models import Invitation, Meetup
from notifications.actions import deliver, inbox, letters, preferences
from notifications.models import IncomingAddress, Notice, OutgoingMail
from notifications.models.preference import Channel
from tests.factories.community import MembershipFactory
from tests.factories.meetups import MeetupFactory, RsvpFactory, VenueFactory
from tests.meetups.readers import IcalJs, by_ical, by_icalendar

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)


@pytest.fixture
def evening(group: Group) -> Meetup:
    """A week from now."""
    return MeetupFactory(group=group, title="Pläne; und, Pizza", venue=VenueFactory(group=group, name="The Fox"))


def the_calendar(mail: OutgoingMail) -> icalendar.Calendar:
    (part,) = mail.attachments
    return icalendar.Calendar.from_ical(part["text"].replace("\n", "\r\n"))


def change(meetup: Meetup, organiser: Member, at: datetime, **facts: Any) -> Meetup:
    meetup = Meetup.objects.get(pk=meetup.pk)
    kept = {
        name: getattr(meetup, name)
        for name in ("title", "starts_at", "ends_at", "time_zone", "venue", "about", "capacity")
    }
    return meetups.amend(actor=organiser, meetup=meetup, details=meetups.Details(**kept | facts), at=at)


class TestWhen:
    """Each meetup as it comes up."""

    def test_members_are_asked_once(self, evening: Meetup, joined: Member) -> None:
        answered = RsvpFactory(
            meetup=evening, member=MembershipFactory(group=evening.group).member, state="maybe"
        ).member
        MembershipFactory()
        MembershipFactory(group=evening.group, ends_on=AT.date())
        assert [invitations.send(AT), invitations.send(AT)] == [1, 0]
        assert set(Notice.objects.values_list("recipient", "kind")) == {(joined.pk, "meetups.invited")}
        assert answered.pk != joined.pk

    @pytest.mark.parametrize(
        ("facts", "asked"),
        [
            ({"starts_at": AT + timedelta(days=21)}, 1),
            ({"starts_at": AT + timedelta(days=22)}, 0),
            ({"starts_at": AT - timedelta(hours=1)}, 0),
            ({"state": "draft"}, 0),
            ({"state": "cancelled"}, 0),
            ({"hidden_at": AT}, 0),
            ({"created_at": AT - timedelta(minutes=10)}, 0),
            ({"created_at": AT - timedelta(minutes=10), "starts_at": AT + timedelta(hours=5)}, 1),
        ],
    )
    def test_not_before_and_not_what_is_not_to_be(
        self, facts: dict[str, Any], asked: int, joined: Member, group: Group
    ) -> None:
        MeetupFactory(group=group, **facts)
        invitations.send(AT)
        assert Notice.objects.filter(kind="meetups.invited").count() == asked

    def test_whoever_wants_no_mail_gets_none(self, evening: Meetup, joined: Member) -> None:
        preferences.choose(member_id=joined.pk, kind="meetups.invited", scope="", channel=Channel.INBOX)
        invitations.send(AT)
        letters.write(AT)
        assert (Notice.objects.count(), OutgoingMail.objects.count()) == (1, 0)


class TestMail:
    """What leaves."""

    def test_one_event_one_attendee_in_an_alternative(self, evening: Meetup, joined: Member, ical_js: IcalJs) -> None:
        invitations.send(AT)
        letters.write(AT)
        mail = OutgoingMail.objects.get()
        raw = deliver.as_message(mail).message().as_bytes(linesep="\r\n")
        message = BytesParser(policy=policy.default).parsebytes(raw)
        assert message.get_content_type() == "multipart/alternative"
        kinds = [part.get_content_type() for part in message.iter_parts()]
        assert kinds == ["text/plain", "text/html", "text/calendar"]
        part = list(message.iter_parts())[-1]
        assert dict(part["Content-Type"].params) == {"method": "REQUEST", "charset": "utf-8"}
        body = part.get_payload(decode=True)
        true = {evening.uid: (evening.starts_at, evening.ends_at)}
        assert (by_icalendar(body), by_ical(body), ical_js.read(body)) == (true, true, [true])
        assert max(len(line) for line in body.split(b"\r\n")) <= 75
        calendar = icalendar.Calendar.from_ical(body)
        (event,) = calendar.walk("VEVENT")
        assert calendar["METHOD"] == "REQUEST"
        assert (str(event["ATTENDEE"]), event["ATTENDEE"].params["PARTSTAT"]) == (
            f"mailto:{joined.email}",
            "NEEDS-ACTION",
        )
        assert event["ATTENDEE"].params["RSVP"] == "TRUE"
        assert message["From"].addresses[0].addr_spec == str(event["ORGANIZER"]).removeprefix("mailto:")
        assert message["From"].addresses[0].display_name == evening.group.name

    def test_the_organiser_is_an_address_of_this_invitation_alone(self, evening: Meetup, joined: Member) -> None:
        other = MembershipFactory(group=evening.group).member
        mine, theirs = (invitations.address(evening, each, AT) for each in (joined, other))
        assert invitations.address(evening, joined, AT) == mine
        assert invitations.address(MeetupFactory(), joined, AT) != mine != theirs
        assert len(mine.partition("@")[0]) == 32
        assert not IncomingAddress.objects.filter(token_hash__contains=mine.partition("@")[0]).exists()
        assert IncomingAddress.objects.count() == 3

    @pytest.mark.parametrize(
        ("state", "part_stat"),
        [
            ("going", "ACCEPTED"),
            ("maybe", "TENTATIVE"),
            ("waitlisted", "TENTATIVE"),
            ("declined", "DECLINED"),
            ("requested", "TENTATIVE"),
        ],
    )
    def test_it_says_the_answer_so_far(self, evening: Meetup, state: str, part_stat: str) -> None:
        member = RsvpFactory(meetup=evening, state=state).member
        enclosed = invitations.enclosed(evening, member, AT)
        assert enclosed is not None
        assert f"PARTSTAT={part_stat}" in enclosed.parts[0]["text"].replace("\n ", "")

    def test_the_link_to_join_only_where_one_goes(self, evening: Meetup) -> None:
        evening.online_url = "https://join.example/room"
        texts = [
            invitations.enclosed(evening, RsvpFactory(meetup=evening, state=state).member, AT).parts[0]["text"]  # type: ignore[union-attr]
            for state in ("going", "waitlisted", "maybe")
        ]
        assert ["join.example" in text.replace("\n ", "") for text in texts] == [True, False, False]

    def test_going_brings_it_with_the_answer(self, evening: Meetup, member: Member) -> None:
        rsvps.answer(member=member, meetup=evening, state="going", at=AT)
        letters.write(AT)
        event = the_calendar(OutgoingMail.objects.get(member=member)).walk("VEVENT")[0]
        assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
        assert Invitation.objects.get().member == member

    def test_what_was_read_on_the_page_still_reaches_the_calendar(self, evening: Meetup, member: Member) -> None:
        rsvps.answer(member=member, meetup=evening, state="going", at=AT)
        inbox.read_all(member=member, at=AT)
        letters.write(AT)
        assert OutgoingMail.objects.filter(member=member).count() == 1


class TestChanges:
    """The same entry moves."""

    def test_another_time_to_all_who_have_it(self, evening: Meetup, joined: Member, organiser: Member) -> None:
        invitations.send(AT)
        letters.write(AT)
        RsvpFactory(meetup=evening, state="declined")
        first = the_calendar(OutgoingMail.objects.get(member=joined)).walk("VEVENT")[0]
        later = AT + timedelta(days=1)
        change(
            evening,
            organiser,
            later,
            starts_at=evening.starts_at + timedelta(hours=1),
            ends_at=evening.ends_at + timedelta(hours=1),
        )
        letters.write(later + timedelta(minutes=15))
        moved = OutgoingMail.objects.exclude(subject__startswith="Are you coming").get()
        event = the_calendar(moved).walk("VEVENT")[0]
        assert moved.member == joined
        assert (event["UID"], event["ORGANIZER"], event["SEQUENCE"]) == (first["UID"], first["ORGANIZER"], 1)
        assert event["DTSTART"].dt == evening.starts_at + timedelta(hours=1)

    def test_edits_in_a_row_make_one_mail(self, evening: Meetup, organiser: Member) -> None:
        going = RsvpFactory(meetup=evening).member
        for minutes in (0, 5, 14):
            change(
                evening,
                organiser,
                AT + timedelta(minutes=minutes),
                starts_at=evening.starts_at - timedelta(minutes=minutes + 1),
            )
        assert [letters.write(AT + timedelta(minutes=each)) for each in (14, 15, 60)] == [0, 1, 0]
        mail = OutgoingMail.objects.get(member=going)
        event = the_calendar(mail).walk("VEVENT")[0]
        assert (event["SEQUENCE"], event["DTSTART"].dt) == (3, evening.starts_at - timedelta(minutes=15))

    def test_close_to_the_start_nobody_waits(self, evening: Meetup, organiser: Member) -> None:
        RsvpFactory(meetup=evening)
        at = evening.starts_at - timedelta(hours=3)
        change(evening, organiser, at, starts_at=evening.starts_at + timedelta(minutes=30))
        assert letters.write(at + timedelta(minutes=1)) == 1

    def test_called_off_is_a_cancel_and_folds_what_waits(
        self, evening: Meetup, organiser: Member, ical_js: IcalJs
    ) -> None:
        going = RsvpFactory(meetup=evening).member
        change(evening, organiser, AT, starts_at=evening.starts_at + timedelta(minutes=30))
        meetups.cancel(actor=organiser, meetup=evening, why="The pub flooded", at=AT + timedelta(minutes=2))
        assert [letters.write(AT + timedelta(minutes=each)) for each in (2, 60)] == [1, 0]
        mail = OutgoingMail.objects.get(member=going)
        calendar = the_calendar(mail)
        event = calendar.walk("VEVENT")[0]
        assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
        assert mail.attachments[0]["type"] == "text/calendar; method=CANCEL"
        body = mail.attachments[0]["text"].replace("\n", "\r\n").encode()
        true = {evening.uid: tuple(event[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND"))}
        assert (by_icalendar(body), by_ical(body), ical_js.read(body)) == (true, true, [true])
        assert "The pub flooded" in mail.text


def test_nothing_is_kept_of_someone_who_left(evening: Meetup, joined: Member) -> None:
    invitations.enclosed(evening, joined, AT)
    (held,) = exports.invitations(joined)
    assert (held["meetup"], held["mailed_at"], held["calendar_answered_at"]) == (evening.title, AT.isoformat(), "")
    memberships.leave(member=joined, group=evening.group, at=AT)
    assert Invitation.objects.count() == 0
    invitations.enclosed(evening, joined, AT)
    departures.departed(member=joined, at=AT)
    assert Invitation.objects.count() == 0


def test_what_is_over_or_hidden_is_not_enclosed(member: Member) -> None:
    over, hidden, draft = (
        MeetupFactory(starts_at=AT - timedelta(days=1)),
        MeetupFactory(hidden_at=AT),
        MeetupFactory(state="draft"),
    )
    assert [invitations.enclosed(each, member, AT) for each in (over, hidden, draft)] == [None, None, None]
