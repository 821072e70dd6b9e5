"""Other people's calendars: what they mean, and that none of them can hold us up."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from meetups.ical import reading
from meetups.ical.reading import Found, NotACalendar, Reading, Window

WINDOW = Window(datetime(2016, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))


def event(*lines: str, uid: str = "a@example.org", start: str = "DTSTART;TZID=Europe/London:20260113T183000") -> str:
    own = ["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Evening", start, *lines, "END:VEVENT"]
    return "\r\n".join(own)


def calendar(*events: str, head: str = "") -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *([head] if head else []), *events, "END:VCALENDAR", ""]
    return "\r\n".join(lines)


def read(*events: str, head: str = "", zone: str = "Europe/London") -> Reading:
    return reading.read(calendar(*events, head=head), time_zone=zone, window=WINDOW)


def starts(found: Reading) -> list[str]:
    return [f"{each.starts_at.astimezone(ZoneInfo(each.time_zone)):%Y-%m-%d %H:%M}" for each in found.dates]


def test_one_event_with_all_it_says() -> None:
    more = (
        "DTEND;TZID=Europe/London:20260113T210000",
        "LOCATION:The Fox\\, 1 Kirkgate",
        "DESCRIPTION:Bring one\\nquestion",
    )
    found = read(event(*more, "URL:https://x.example/", "STATUS:CONFIRMED"), head="X-WR-CALNAME:Leeds")
    assert found.name == "Leeds"
    assert found.dates == [
        Found(
            uid="a@example.org",
            occurrence="",
            title="Evening",
            starts_at=datetime(2026, 1, 13, 18, 30, tzinfo=UTC),
            ends_at=datetime(2026, 1, 13, 21, 0, tzinfo=UTC),
            time_zone="Europe/London",
            place="The Fox, 1 Kirkgate",
            text="Bring one\nquestion",
            url="https://x.example/",
            line=4 + 1,
        )
    ]


@pytest.mark.parametrize(
    ("start", "head", "moment", "zone"),
    [
        ("DTSTART;TZID=Europe/Berlin:20260713T183000", "", "2026-07-13T16:30", "Europe/Berlin"),
        ("DTSTART;TZID=W. Europe Standard Time:20260713T183000", "", "2026-07-13T16:30", "Europe/Berlin"),
        ('DTSTART;TZID="GMT Standard Time":20260713T183000', "", "2026-07-13T17:30", "Europe/London"),
        (
            "DTSTART;TZID=/freeassociation.sourceforge.net/America/Argentina/Ushuaia:20260713T183000",
            "",
            "2026-07-13T21:30",
            "America/Argentina/Ushuaia",
        ),
        ("DTSTART:20260713T183000Z", "", "2026-07-13T18:30", "Europe/London"),
        ("DTSTART:20260713T183000Z", "X-WR-TIMEZONE:Asia/Kolkata", "2026-07-13T18:30", "Asia/Kolkata"),
        ("DTSTART:20260713T183000", "X-WR-TIMEZONE:Asia/Kolkata", "2026-07-13T13:00", "Asia/Kolkata"),
        ("DTSTART:20260713T183000", "X-WR-TIMEZONE:Romance Standard Time", "2026-07-13T16:30", "Europe/Paris"),
        ("DTSTART:20260713T183000", "", "2026-07-13T17:30", "Europe/London"),
        ("DTSTART;VALUE=DATE:20260713", "", "2026-07-12T23:00", "Europe/London"),
    ],
)
def test_zones_by_every_name(start: str, head: str, moment: str, zone: str) -> None:
    (found,) = read(event(start=start), head=head).dates
    assert (f"{found.starts_at:%Y-%m-%dT%H:%M}", found.time_zone) == (moment, zone)


def test_an_evening_stays_an_evening_across_the_clocks() -> None:
    found = read(event("RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=8"))
    assert starts(found)[:4] == ["2026-01-13 18:30", "2026-02-10 18:30", "2026-03-10 18:30", "2026-04-14 18:30"]
    assert len({each.occurrence for each in found.dates}) == len(found.dates) == 8


def test_exceptions_additions_and_dates_taken_out() -> None:
    rule = event(
        "RRULE:FREQ=WEEKLY;UNTIL=20260210T183000Z",
        "EXDATE;TZID=Europe/London:20260120T183000",
        "EXDATE:20260127T183000Z",
        "RDATE;TZID=Europe/London:20260301T120000,20260302T120000",
    )
    moved = event(
        "RECURRENCE-ID:20260203T183000Z", "LOCATION:Elsewhere", start="DTSTART;TZID=Europe/London:20260204T190000"
    )
    off = event(
        "RECURRENCE-ID;TZID=Europe/London:20260210T183000",
        "STATUS:CANCELLED",
        start="DTSTART;TZID=Europe/London:20260210T183000",
    )
    found = read(rule, moved, off)
    assert starts(found) == [
        "2026-01-13 18:30",
        "2026-02-04 19:00",
        "2026-02-10 18:30",
        "2026-03-01 12:00",
        "2026-03-02 12:00",
    ]
    assert [each.occurrence for each in found.dates][1:3] == ["20260203", "20260210"]
    assert [each.is_cancelled for each in found.dates] == [False, False, True, False, False]
    assert found.problems == []


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=30", "20260113"),
        ("FREQ=MONTHLY;BYDAY=-1WE", "20260128"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "20260131"),
        ("FREQ=YEARLY;BYMONTH=6;BYDAY=1MO", "20260601"),
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20260401T235959Z", "20260310"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "20260130"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "20260113"),
        ("FREQ=YEARLY;BYDAY=20MO", "20260518"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=FR;BYMONTHDAY=13", "20260213"),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/London", "Australia/Lord_Howe"])
def test_another_reader_finds_the_same_dates(rule: str, first: str, zone: str) -> None:
    text = calendar(event(f"RRULE:{rule}", start=f"DTSTART;TZID={zone}:{first}T183000"))
    theirs = recurring_ical_events.of(Calendar.from_ical(text)).between(WINDOW.start, WINDOW.end)
    ours = reading.read(text, time_zone="UTC", window=WINDOW).dates
    assert [each.starts_at for each in ours] == sorted(each["DTSTART"].dt.astimezone(UTC) for each in theirs)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (event(start="DTSTART:yesterday"), "It does not say when it begins, or in a way that cannot be read"),
        (event("DTEND;TZID=Europe/London:20260113T170000"), "It ends before it begins"),
        (
            event(start="DTSTART;TZID=Atlantis/Central:20260113T183000"),
            "Its time zone “Atlantis/Central” is not one we know",
        ),
        (
            "BEGIN:VEVENT\r\nSUMMARY:Evening\r\nDTSTART:20260113T183000Z\r\nEND:VEVENT",
            "It has no UID, so it could not be found again.",
        ),
        (
            event("RRULE:FREQ=SECONDLY;COUNT=1000000000"),
            "It repeats more often than daily, or in a way that meetups do not",
        ),
        (
            event("RRULE:FREQ=DAILY;BYSECOND=1,2,3,4,5"),
            "It repeats more often than daily, or in a way that meetups do not",
        ),
        (event("RRULE:FREQ=DAILY;INTERVAL=0"), "It repeats more often than daily, or in a way that meetups do not"),
        (event("RRULE:FREQ=DAILY", start="DTSTART:00010101T000000Z"), "It began before the year 2000"),
    ],
)
def test_one_bad_event_is_told_with_its_line_and_the_rest_comes_in(bad: str, why: str) -> None:
    found = read(event(uid="first@example.org"), bad, event(uid="last@example.org"))
    assert [each.uid for each in found.dates] == ["first@example.org", "last@example.org"]
    (problem,) = found.problems
    assert (problem.line, problem.title, problem.why) == (4 + 5, "Evening", why)


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;COUNT=1000000000", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"],
)
def test_rules_without_end_have_one(rule: str) -> None:
    found = read(*(event(f"RRULE:{rule}", uid=f"{number}@example.org") for number in range(3)))
    assert len(found.dates) <= reading.MOST_DATES


def test_more_than_can_be_looked_over_is_cut_and_said() -> None:
    found = read(event("RRULE:FREQ=DAILY"), event("RRULE:FREQ=DAILY", uid="b@example.org"))
    assert (len(found.dates), found.problems[0].why) == (reading.MOST_DATES, reading.CUT.format(reading.MOST_DATES))
    many = [event("RRULE:FREQ=YEARLY;COUNT=1", uid=str(number)) for number in range(reading.MOST_RULES + 1)]
    assert len(read(*many).problems) == 1


@pytest.mark.parametrize(
    "text", ["", "hello", "<html>BEGIN:VCALENDAR</html>", "\x00\ufeff", "x" * (reading.LARGEST + 1)]
)
def test_what_is_no_calendar(text: str) -> None:
    with pytest.raises(NotACalendar):
        reading.read(text, time_zone="UTC", window=WINDOW)


def test_only_the_window_comes_in() -> None:
    old = event(start="DTSTART:20150101T183000Z")
    assert (
        read(old, event("RRULE:FREQ=YEARLY", uid="b", start="DTSTART:20140101T183000Z")).dates[0].starts_at.year == 2016
    )
