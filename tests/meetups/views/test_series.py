"""Changing a series: shown first, done after, and nothing typed is lost."""

from datetime import date, datetime, time, timedelta

import pytest

from community.models import Group, Member
from meetups.actions import rsvps, series
from meetups.actions.series import Usual
from meetups.models import Series
from meetups.rhythm import Rule
from tests.factories.community import MemberFactory
from tests.factories.meetups import MeetupFactory

pytestmark = pytest.mark.usefixtures("now")
USUAL = Usual(title="Leeds IT evening", start_time=time(18, 30), duration=timedelta(hours=2), time_zone="Europe/London")
TYPED = {
    "title": "Leeds IT evening",
    "rhythm": "weekday:3",
    "weekday": "3",
    "start_time": "19:00",
    "minutes": "120",
    "time_zone": "Europe/London",
}


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def year(group: Group, organiser: Member, at: datetime) -> Series:
    rule = Rule("weekday", date(2026, 12, 1), weekday=1, nth=2)
    return series.plan(actor=organiser, group=group, rule=rule, usual=USUAL, at=at)


def address(year: Series, what: str = "") -> str:
    return f"/groups/{year.group.slug}/meetups/series/{year.pk}/{what}"


def test_it_shows_what_would_change_before_it_does(year: Series, organiser: Member, signed_in, at: datetime) -> None:
    first = year.meetups.order_by("starts_at")[0]
    rsvps.answer(member=MemberFactory(), meetup=first, state="going", at=at)
    client = signed_in(organiser)
    assert 'value="18:30"' in text(client.get(address(year)))
    page = client.post(address(year), TYPED | {"do": "save"})  # never seen: shown, not saved
    for words in (
        "What will change",
        "Tuesday 8 December, 18:30",
        "Thursday 17 December, 19:00",
        "1 answer to evenings",
    ):
        assert words in text(page)
    first.refresh_from_db()
    assert first.sequence == 0
    seen = page.context["seen"]
    other = client.post(address(year), TYPED | {"do": "save", "seen": seen, "title": "Another"})
    assert "What will change" in text(other)
    year.refresh_from_db()
    assert year.title == "Leeds IT evening"
    done = client.post(address(year), TYPED | {"do": "save", "seen": seen}, follow=True)
    assert "Saved for 12 dates. Everyone it concerns is told." in text(done)
    first.refresh_from_db()
    assert (first.local_start.date(), first.local_start.time()) == (date(2026, 12, 17), time(19))


def test_from_one_date_on(year: Series, organiser: Member, signed_in) -> None:
    cut = year.meetups.order_by("starts_at")[10]
    page = signed_in(organiser).post(f"{address(year)}?from={cut.pk}", TYPED)
    for words in ("Change 12 October and what follows", "2 dates", "Save for 2 dates"):
        assert words in text(page)


def test_dates_that_differ_are_shown_and_asked_about(year: Series, organiser: Member, signed_in) -> None:
    year.meetups.filter(occurs_on=date(2026, 12, 8)).update(title="Christmas")
    client = signed_in(organiser)
    page = client.post(address(year), TYPED)
    for words in ("its name was changed by hand", "Change these dates too"):
        assert words in text(page)
    typed = TYPED | {"do": "save", "seen": page.context["seen"]}
    assert "What will change" in text(client.post(address(year), typed | {"keep_own": "change"}))
    assert "Saved for 12 dates" in text(client.post(address(year), typed | {"keep_own": "keep"}, follow=True))
    assert year.meetups.order_by("starts_at")[0].title == "Christmas"


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(year: Series, organiser: Member, signed_in) -> None:
    page = signed_in(organiser).post(address(year), TYPED | {"time_zone": "Yorkshire/Leeds", "title": "Typed"})
    assert page.status_code == 422
    assert ("not a time zone we know" in text(page), 'value="Typed"' in text(page)) == (True, True)


def test_calling_off_says_how_many_first(year: Series, organiser: Member, signed_in, at: datetime) -> None:
    cut = year.meetups.order_by("starts_at")[9]
    rsvps.answer(member=MemberFactory(), meetup=cut, state="going", at=at)
    client, where = signed_in(organiser), f"{address(year, 'cancel/')}?from={cut.pk}"
    assert "3 dates, 1 answer" in text(client.get(where))
    assert "Cancelled: 3 dates." in text(client.post(where, {"why": "We move"}, follow=True))
    assert year.meetups.filter(state="cancelled").count() == 3


def test_an_evening_leads_to_its_series(year: Series, organiser: Member, signed_in) -> None:
    first = year.meetups.order_by("starts_at")[0]
    for page in ("edit/", "cancel/"):
        shown = text(signed_in(organiser).get(f"{first.get_absolute_url()}{page}"))
        assert f"?from={first.pk}" in shown


def test_a_draft_is_published_by_those_who_run_the_group(
    group: Group, organiser: Member, joined: Member, signed_in
) -> None:
    draft = MeetupFactory(group=group, state="draft")
    assert signed_in(joined).post(f"{draft.get_absolute_url()}publish/").status_code == 404
    client = signed_in(organiser)
    assert "Only those who run the group see it" in text(client.get(draft.get_absolute_url()))
    client.post(f"{draft.get_absolute_url()}publish/")
    draft.refresh_from_db()
    assert (draft.state, draft.sequence) == ("published", 1)


def test_an_evening_may_wait_as_a_draft(group: Group, organiser: Member, signed_in) -> None:
    typed = {"title": "Later", "day": "2026-12-20", "starts": "18:30", "ends": "20:00", "time_zone": "Europe/London"}
    signed_in(organiser).post(f"/groups/{group.slug}/meetups/new/", typed | {"do": "draft"})
    assert group.meetups.get().state == "draft"
