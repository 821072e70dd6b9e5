"""A group brings its evenings in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.models import Group, Member
from meetups import exports
from meetups.actions import departures, imports
from meetups.ical.reading import LARGEST
from meetups.models import CalendarImport, ImportedDate, Meetup
from notifications.models import Notice
from tests.factories.community import OrganiserFactory
from tests.factories.meetups import RsvpFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
SignIn = Callable[[Member], Client]


def a_calendar(time: str = "183000", *, more: str = "", title: str = "Evening") -> str:
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "X-WR-CALNAME:Leeds peers",
            "BEGIN:VEVENT",
            "UID:series@old.example",
            f"SUMMARY:{title}",
            f"DTSTART;TZID=GMT Standard Time:20261013T{time}",
            "DURATION:PT2H",
            "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=4",
            "LOCATION:The Fox\\, 12 Kirkgate",
            "DESCRIPTION:Bring **one** question",
            "END:VEVENT",
            *([more] if more else []),
            "BEGIN:VEVENT",
            "UID:bad@old.example",
            "SUMMARY:Broken",
            "DTSTART:never",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    )


MOVED = """BEGIN:VEVENT
UID:series@old.example
RECURRENCE-ID:20261208T183000Z
SUMMARY:Evening
DTSTART:20261208T193000Z
DTEND:20261208T213000Z
END:VEVENT"""


def bring(organiser: Member, group: Group, text: str, at: datetime = AT) -> imports.Brought:
    pending = imports.begin(actor=organiser, group=group, text=text, source="old.ics", at=at)
    return imports.bring(actor=organiser, pending=pending, at=at)


def counts(brought: imports.Brought) -> tuple[int, int, int, int]:
    return len(brought.new), len(brought.changed), len(brought.same), len(brought.problems)


def test_past_and_future_come_in_once(group: Group, organiser: Member) -> None:
    assert counts(bring(organiser, group, a_calendar())) == (4, 0, 0, 1)
    assert counts(bring(organiser, group, a_calendar())) == (0, 0, 4, 1)
    rows = Meetup.objects.filter(group=group).order_by("starts_at")
    assert [f"{row.local_start:%d %b %H:%M}" for row in rows] == [
        "13 Oct 18:30",
        "10 Nov 18:30",
        "08 Dec 18:30",
        "12 Jan 18:30",
    ]
    assert {(row.venue.name, row.venue.address, row.time_zone) for row in rows if row.venue} == {
        ("The Fox", "12 Kirkgate", "Europe/London")
    }
    assert "<strong>one</strong>" in rows[0].about_html
    assert len({row.uid for row in rows}) == 4
    group.refresh_from_db()
    assert (group.next_meetup_at, group.last_meetup_at) == (rows[2].starts_at, rows[1].starts_at)


def test_what_changed_there_changes_here_and_those_who_answered_hear_of_it(group: Group, organiser: Member) -> None:
    bring(organiser, group, a_calendar())
    coming = Meetup.objects.get(starts_at=datetime(2026, 12, 8, 18, 30, tzinfo=UTC))
    before = coming.uid
    going = RsvpFactory(meetup=coming).member
    assert counts(bring(organiser, group, a_calendar(more=MOVED))) == (0, 1, 3, 1)
    coming.refresh_from_db()
    assert (coming.uid, coming.sequence, coming.starts_at.hour) == (before, 1, 19)
    assert Notice.objects.filter(recipient=going, kind="meetups.changed").count() == 1
    off = MOVED.replace("DTSTART", "STATUS:CANCELLED\nDTSTART")
    bring(organiser, group, a_calendar(more=off))
    coming.refresh_from_db()
    assert coming.is_cancelled


def test_a_series_at_another_hour_is_the_same_series(group: Group, organiser: Member) -> None:
    bring(organiser, group, a_calendar())
    assert counts(bring(organiser, group, a_calendar("190000"))) == (0, 4, 0, 1)
    assert {f"{row.local_start:%H:%M}" for row in Meetup.objects.filter(group=group)} == {"19:00"}


def test_a_date_that_is_gone_there_is_said(group: Group, organiser: Member) -> None:
    bring(organiser, group, a_calendar())
    brought = bring(organiser, group, a_calendar(more="").replace("COUNT=4", "COUNT=3"))
    assert [(problem.title, problem.line) for problem in brought.problems] == [
        ("Evening, Tuesday 12 January, 18:30", 0),
        ("Broken", 12),
    ]
    assert Meetup.objects.filter(group=group, state="published").count() == 4


def test_what_was_changed_here_stays_while_it_says_the_same_there(group: Group, organiser: Member) -> None:
    bring(organiser, group, a_calendar())
    Meetup.objects.filter(group=group).update(title="Our own name")
    bring(organiser, group, a_calendar())
    assert set(Meetup.objects.values_list("title", flat=True)) == {"Our own name"}
    bring(organiser, group, a_calendar(title="Another"))
    assert set(Meetup.objects.values_list("title", flat=True)) == {"Another"}


def test_another_group_with_the_same_calendar_has_its_own(group: Group, organiser: Member) -> None:
    other = OrganiserFactory()
    bring(organiser, group, a_calendar())
    bring(other.member, other.group, a_calendar())
    assert (ImportedDate.objects.count(), Meetup.objects.filter(group=group).count()) == (8, 4)


def test_looked_over_first(group: Group, organiser: Member, signed_in: SignIn, now: datetime) -> None:
    mine, address = signed_in(organiser), f"/groups/{group.slug}/meetups/import/"
    file = SimpleUploadedFile("old.ics", a_calendar().encode(), "text/calendar")
    page = mine.post(address, {"file": file}, follow=True).content.decode()
    assert "4 new, 0 changed" in page
    assert "line 12" in page
    assert "Broken" in page
    assert Meetup.objects.count() == 0
    done = mine.post(f"{address}look/", follow=True).content.decode()
    assert "4 evenings came in, 0 changed, 0 were the same." in done
    assert (Meetup.objects.count(), CalendarImport.objects.count()) == (4, 0)


def test_rather_not(group: Group, organiser: Member, signed_in: SignIn) -> None:
    imports.begin(actor=organiser, group=group, text=a_calendar(), source="old.ics", at=AT)
    signed_in(organiser).post(f"/groups/{group.slug}/meetups/import/look/", {"no": "1"})
    assert (Meetup.objects.count(), CalendarImport.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose a file, or give an address."),
        ({"address": "http://127.0.0.1/x.ics"}, "That address is not on the open internet."),
        ({"address": "ftp://example.org"}, "Give an address that begins with https:// or webcal://."),
        ({"file": b"hello"}, "That is not a calendar file"),
        ({"file": b"x" * (LARGEST + 1)}, "That file is larger than 5 MB."),
    ],
)
def test_what_cannot_be_read_is_said(
    typed: dict[str, str | bytes], words: str, group: Group, organiser: Member, signed_in: SignIn
) -> None:
    files = {
        name: SimpleUploadedFile("x.ics", value) if isinstance(value, bytes) else value for name, value in typed.items()
    }
    answer = signed_in(organiser).post(f"/groups/{group.slug}/meetups/import/", files)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert CalendarImport.objects.count() == 0


def test_nobody_elses_is_seen(group: Group, organiser: Member, signed_in: SignIn) -> None:
    imports.begin(actor=organiser, group=group, text=a_calendar(), source="old.ics", at=AT)
    colleague = OrganiserFactory(group=group).member
    assert signed_in(colleague).get(f"/groups/{group.slug}/meetups/import/look/").status_code == 404


def test_it_is_forgotten_after_a_day_or_with_the_member(group: Group, organiser: Member) -> None:
    imports.begin(actor=organiser, group=group, text=a_calendar(), source="old.ics", at=AT)
    assert [row["source"] for row in exports.calendar_imports(organiser)] == ["old.ics"]
    assert (imports.sweep(AT + timedelta(hours=24)), imports.sweep(AT + timedelta(hours=25))) == (0, 1)
    imports.begin(actor=organiser, group=group, text=a_calendar(), source="old.ics", at=AT)
    departures.departed(member=organiser, at=AT)
    assert CalendarImport.objects.count() == 0
