"""Yes, Maybe, No from other people's calendars: what counts, what is refused, what is answered back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from community.models import Group, Member
from meetups.actions import invitations, meetups, rsvps
from meetups.models import Invitation, Meetup, Rsvp, RsvpRequest
from meetups.queries.counts import counted, kept
from notifications.actions import incoming
from notifications.models import IncomingMail, Notice, OutgoingMail
from tests.factories.community import MemberFactory
from tests.factories.meetups import MeetupFactory, RsvpFactory
from tests.meetups.mails import CLIENTS, STAMP, Asked, calendar, gmail, outlook, part, whole

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 1, 15, 10, tzinfo=UTC)
Client = Callable[..., bytes]


@pytest.fixture
def evening(group: Group) -> Meetup:
    """One guest each, two seats."""
    return MeetupFactory(group=group, capacity=2, guests_allowed=1)


@pytest.fixture
def asked(evening: Meetup, joined: Member) -> Asked:
    return ask(evening, joined)


def ask(evening: Meetup, member: Member) -> Asked:
    enclosed = invitations.enclosed(Meetup.objects.get(pk=evening.pk), member, AT)
    assert enclosed is not None
    return Asked.in_mail(enclosed.parts[0]["text"])


def receive(raw: bytes, at: datetime = AT) -> IncomingMail:
    return incoming.receive(raw, at)


def state_of(member: Member) -> list[tuple[str, int]]:
    return list(Rsvp.objects.filter(member=member).values_list("state", "guests"))


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("part_stat", "state"), [("ACCEPTED", "going"), ("TENTATIVE", "maybe"), ("DECLINED", "declined")]
)
def test_each_programme_is_understood(
    client: Client, part_stat: str, state: str, evening: Meetup, joined: Member, asked: Asked
) -> None:
    row = receive(client(asked, part_stat))
    assert (row.outcome, state_of(joined)) == ("done", [(state, 0)])
    evening.refresh_from_db()
    assert kept(evening) == counted(evening.pk)
    assert Invitation.objects.get().replied_stamp == STAMP


class TestGuests:
    """X-NUM-GUESTS."""

    def test_who_comes_along_is_counted(self, evening: Meetup, joined: Member, asked: Asked) -> None:
        receive(gmail(asked, "ACCEPTED", guests=1))
        evening.refresh_from_db()
        assert (state_of(joined), evening.seats_taken) == ([("going", 1)], 2)

    def test_more_than_are_allowed_is_cut_and_said(self, joined: Member, asked: Asked) -> None:
        receive(gmail(asked, "ACCEPTED", guests=400))
        assert state_of(joined) == [("going", 1)]
        assert "You can bring 1 guest." in OutgoingMail.objects.get().text

    def test_a_calendar_that_does_not_know_guests_takes_none_away(
        self, evening: Meetup, joined: Member, asked: Asked
    ) -> None:
        rsvps.answer(member=joined, meetup=evening, state="going", guests=1, at=AT)
        receive(outlook(asked, "ACCEPTED"))
        assert state_of(joined) == [("going", 1)]


class TestFull:
    """No seat is left."""

    def test_they_wait_and_are_told(self, evening: Meetup, joined: Member, asked: Asked) -> None:
        for _ in range(2):
            rsvps.answer(member=MemberFactory(), meetup=evening, state="going", at=AT)
        for number in range(2):
            receive(gmail(asked, "ACCEPTED", stamp=STAMP + timedelta(minutes=number)))
        assert state_of(joined) == [("waitlisted", 0)]
        back = OutgoingMail.objects.get(member=joined)
        assert "You are 1st on the waiting list." in back.text
        assert back.headers["Auto-Submitted"] == "auto-replied"
        assert "PARTSTAT=TENTATIVE" in back.attachments[0]["text"].replace("\n ", "")

    def test_a_no_lets_the_next_in(self, evening: Meetup, joined: Member, asked: Asked) -> None:
        receive(gmail(asked, "ACCEPTED", guests=1))
        waiting = MemberFactory()
        rsvps.answer(member=waiting, meetup=evening, state="going", at=AT)
        receive(gmail(asked, "DECLINED", stamp=STAMP + timedelta(minutes=1)))
        assert state_of(joined) == [("declined", 0)]
        assert Notice.objects.filter(recipient=waiting, kind__in=["meetups.promoted", "meetups.offered"]).count() == 1


class TestTooLate:
    """A polite no."""

    def test_over(self, evening: Meetup, joined: Member, asked: Asked) -> None:
        row = receive(gmail(asked, "ACCEPTED"), evening.ends_at)
        assert (row.outcome, state_of(joined)) == ("refused", [])
        assert "This meetup is over." in OutgoingMail.objects.get(member=joined).text

    def test_called_off(self, evening: Meetup, organiser: Member, joined: Member, asked: Asked) -> None:
        meetups.cancel(actor=organiser, meetup=evening, why="The pub flooded", at=AT)
        for number in range(2):
            receive(gmail(asked, "ACCEPTED", stamp=STAMP + timedelta(minutes=number)))
        back = OutgoingMail.objects.get(kind="meetups.answered")
        assert state_of(joined) == []
        assert "This meetup is cancelled. The pub flooded" in back.text
        assert back.attachments[0]["type"] == "text/calendar; method=CANCEL"


class TestTwice:
    """What comes again changes nothing."""

    def test_the_same_mail(self, joined: Member, asked: Asked) -> None:
        raw = gmail(asked, "ACCEPTED")
        first, second = receive(raw), receive(raw)
        assert (first.pk, state_of(joined)) == (second.pk, [("going", 0)])

    def test_an_answer_older_than_the_last(self, joined: Member, asked: Asked) -> None:
        receive(gmail(asked, "DECLINED", stamp=STAMP))
        row = receive(gmail(asked, "ACCEPTED", stamp=STAMP - timedelta(minutes=1)))
        assert (state_of(joined), row.detail) == ([("declined", 0)], "Older than the last answer: nothing changed")

    def test_a_clock_that_runs_ahead_shuts_nobody_out(self, joined: Member, asked: Asked) -> None:
        receive(gmail(asked, "DECLINED", stamp=STAMP + timedelta(days=900)))
        receive(gmail(asked, "ACCEPTED", stamp=AT + timedelta(minutes=1)), AT + timedelta(minutes=2))
        assert state_of(joined) == [("going", 0)]

    def test_to_a_time_that_has_changed(self, evening: Meetup, joined: Member, asked: Asked) -> None:
        Meetup.objects.filter(pk=evening.pk).update(
            sequence=1, starts_at=evening.starts_at + timedelta(days=1), ends_at=evening.ends_at + timedelta(days=1)
        )
        for number in range(2):
            receive(gmail(asked, "ACCEPTED", stamp=STAMP + timedelta(minutes=number)))
        back = OutgoingMail.objects.get()
        assert (state_of(joined), back.to) == ([], joined.email)
        assert "SEQUENCE:1" in back.attachments[0]["text"]
        receive(gmail(ask(evening, joined), "ACCEPTED", stamp=STAMP + timedelta(minutes=2)))
        assert state_of(joined) == [("going", 0)]

    def test_another_place_does_not_undo_a_yes(self, evening: Meetup, joined: Member, asked: Asked) -> None:
        Meetup.objects.filter(pk=evening.pk).update(sequence=1)
        receive(outlook(asked, "ACCEPTED"))
        assert state_of(joined) == [("going", 0)]


class TestWhose:
    """Address, UID and attendee must agree."""

    def test_a_second_address_of_theirs(self, joined: Member, asked: Asked) -> None:
        EmailAddress.objects.create(user=joined, email="sam@work.example", verified=True)
        receive(gmail(asked, "ACCEPTED", "Sam@Work.example"))
        assert state_of(joined) == [("going", 0)]

    def test_without_any_attendee_the_sender_counts(self, joined: Member, asked: Asked) -> None:
        text = calendar(asked, "STATUS:CONFIRMED").replace(
            "STATUS:CONFIRMED", "ATTENDEE;PARTSTAT=ACCEPTED:invalid:nobody"
        )
        body = part("text/calendar; method=REPLY; charset=utf-8", text)
        receive(f"Message-ID: <x@y>\r\nFrom: {joined.email}\r\nTo: {asked.organiser}\r\n{body}".encode())
        assert state_of(joined) == [("going", 0)]

    def test_a_forged_attendee_is_refused_and_the_member_hears_of_it(self, joined: Member, asked: Asked) -> None:
        raw = gmail(asked, "DECLINED").replace(f"From: {joined.email}".encode(), b"From: mallory@example.net")
        row = receive(raw)
        back = OutgoingMail.objects.get()
        assert (row.outcome, state_of(joined), back.to) == ("refused", [], joined.email)
        assert "An answer in your name came from mallory@example.net, so it was not counted." in back.text

    def test_someone_who_answers_for_a_third_gets_nothing(self, joined: Member, asked: Asked) -> None:
        victim = MemberFactory()
        raw = gmail(asked, "ACCEPTED", victim.email).replace(
            f"From: {victim.email}".encode(), b"From: mallory@example.net"
        )
        row = receive(raw)
        assert (row.outcome, Rsvp.objects.count(), OutgoingMail.objects.count()) == ("refused", 0, 0)

    def test_another_event_is_refused(self, joined: Member, asked: Asked) -> None:
        row = receive(gmail(asked, "ACCEPTED").replace(asked.uid.encode(), b"other@example.org"))
        assert (row.outcome, state_of(joined)) == ("refused", [])

    def test_an_address_made_up_is_nobodys(self, asked: Asked, joined: Member) -> None:
        row = receive(gmail(asked, "ACCEPTED").replace(asked.organiser.encode(), b"a" * 32 + b"@localhost"))
        assert (row.outcome, state_of(joined)) == ("unknown", [])

    def test_without_organiser_and_signature_nothing_is_missing(self, joined: Member, asked: Asked) -> None:
        assert b"ORGANIZER" not in outlook(asked, "ACCEPTED")
        assert receive(outlook(asked, "ACCEPTED")).outcome == "done"


class TestPassedOn:
    """Someone else presses Yes in an invitation that was passed on."""

    def test_a_stranger_is_asked_to_confirm(self, evening: Meetup, asked: Asked) -> None:
        row = receive(gmail(asked, "ACCEPTED", "kim@example.net"))
        evening.refresh_from_db()
        request = RsvpRequest.objects.get()
        assert (row.outcome, request.email, request.name) == ("done", "kim@example.net", "kim")
        assert (Rsvp.objects.count(), evening.seats_taken) == (0, 0)
        assert OutgoingMail.objects.get().to == "kim@example.net"

    def test_a_member_has_asked_and_no_seat(self, evening: Meetup, asked: Asked) -> None:
        friend = MemberFactory()
        receive(outlook(asked, "ACCEPTED", friend.email))
        evening.refresh_from_db()
        assert (state_of(friend), evening.seats_taken) == ([("requested", 0)], 0)
        assert kept(evening) == counted(evening.pk)

    def test_an_answer_that_is_there_stays(self, evening: Meetup, asked: Asked) -> None:
        friend = RsvpFactory(meetup=evening, state="declined").member
        receive(outlook(asked, "ACCEPTED", friend.email))
        assert state_of(friend) == [("declined", 0)]

    @pytest.mark.parametrize("part_stat", ["DECLINED", "TENTATIVE"])
    def test_their_no_is_nothing(self, part_stat: str, asked: Asked) -> None:
        receive(gmail(asked, part_stat, "kim@example.net"))
        assert (RsvpRequest.objects.count(), OutgoingMail.objects.count()) == (0, 0)


class TestOther:
    """What is no answer."""

    def test_another_time_goes_to_the_organisers_inbox_only(
        self, evening: Meetup, organiser: Member, joined: Member, asked: Asked
    ) -> None:
        text = calendar(
            asked, f"ATTENDEE;PARTSTAT=TENTATIVE:mailto:{joined.email}", "COMMENT:Train strike", method="COUNTER"
        )
        text = text.replace(f"DTSTART:{evening.starts_at:%Y%m%dT%H%M%SZ}", "DTSTART:20261209T190000Z")
        body = part("text/calendar; method=COUNTER; charset=utf-8", text)
        receive(f"Message-ID: <x@y>\r\nFrom: {joined.email}\r\nTo: {asked.organiser}\r\n{body}".encode())
        notice = Notice.objects.get()
        assert (notice.recipient, notice.mail_due_at, notice.excerpt) == (organiser, None, "Train strike")
        assert "Wednesday 9 December, 19:00" in notice.title
        evening.refresh_from_db()
        assert (state_of(joined), evening.sequence) == ([], 0)

    def test_words_are_sent_back(self, joined: Member, asked: Asked) -> None:
        raw = whole(
            [f"From: {joined.email}", f"To: {asked.organiser}", "Subject: Re", "Content-Type: text/plain"],
            "Can I bring cake?",
        )
        row = receive(raw)
        back = OutgoingMail.objects.get()
        assert row.outcome == "refused"
        assert "Can I bring cake?" in back.text

    @pytest.mark.parametrize(
        "raw",
        [
            ["Auto-Submitted: auto-replied", "Content-Type: text/plain"],
            ["Auto-Submitted: auto-replied", "Content-Type: text/calendar"],
        ],
    )
    def test_an_away_note_starts_no_loop(self, raw: list[str], joined: Member, asked: Asked) -> None:
        row = receive(whole([f"From: {joined.email}", f"To: {asked.organiser}", *raw], "I am away."))
        assert (row.outcome, OutgoingMail.objects.count()) == ("refused", 0)

    def test_a_broken_stamp_is_no_stamp(self, joined: Member, asked: Asked) -> None:
        text = calendar(asked, f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{joined.email}").replace("DTSTAMP:2026", "DTSTAMP:x")
        body = part("text/calendar; method=REPLY; charset=utf-8", text)
        row = receive(f"Message-ID: <x@y>\r\nFrom: {joined.email}\r\nTo: {asked.organiser}\r\n{body}".encode())
        assert (row.outcome, state_of(joined)) == ("done", [("going", 0)])

    def test_a_calendar_without_end_is_not_read(self, joined: Member, asked: Asked) -> None:
        text = calendar(asked, f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{joined.email}", "X-FILL:" + "x" * 1_000_000)
        body = part("text/calendar; method=REPLY; charset=utf-8", text)
        row = receive(f"Message-ID: <x@y>\r\nFrom: {joined.email}\r\nTo: {asked.organiser}\r\n{body}".encode())
        assert (row.outcome, state_of(joined)) == ("refused", [])


def test_a_closed_account_answers_nothing(joined: Member, asked: Asked) -> None:
    Member.objects.filter(pk=joined.pk).update(is_active=False)
    row = receive(gmail(asked, "ACCEPTED"))
    assert (row.outcome, state_of(joined), OutgoingMail.objects.count()) == ("refused", [], 0)
