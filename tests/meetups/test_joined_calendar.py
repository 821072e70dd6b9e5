"""The joined calendar: narrowed down, each thing once, vendors by their label; and what else is on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from community.models import Group, Member, Organisation
from meetups.actions import programmes
from meetups.ical.reading import Found, Reading
from meetups.models import Meetup, ProgrammeEvent, ProgrammeFeed
from meetups.queries import clashes
from tests.factories.community import GroupFactory, MemberFactory, OrganisationFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, SubjectFactory
from tests.factories.sponsors import PublishedEventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
SignIn = Callable[[Member], Client]
START = datetime(2026, 12, 8, 18, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YORK, LONDON = {"latitude": 53.96, "longitude": -1.08}, {"latitude": 51.51, "longitude": -0.13}


@pytest.fixture
def vendor(db: None) -> Organisation:
    return OrganisationFactory(name="Acme")


@pytest.fixture
def feed(vendor: Organisation, at: datetime) -> ProgrammeFeed:
    return ProgrammeFeed.objects.create(
        organisation=vendor, name="Acme Partners", url="https://acme.example/x.ics", added_at=at, due_at=at
    )


def a_date(title: str = "Partner day", starts_at: datetime = START, uid: str = "p@acme.example", **facts: Any) -> Found:
    usual = {"occurrence": "", "ends_at": starts_at + HOUR, "time_zone": "Europe/London"}
    return Found(uid=uid, title=title, starts_at=starts_at, **usual | facts)


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"/meetups/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def shown(client: Client, query: str, *titles: str) -> list[bool]:
    text = page(client, query).partition("</header>")[2]
    return [title in text for title in titles]


class TestNarrow:
    """Filters."""

    @pytest.fixture(autouse=True)
    def _evenings(self, group: Group) -> None:
        MeetupFactory(group=group, title="In Leeds", starts_at=START)
        MeetupFactory(
            group=GroupFactory(**YORK), title="In York", starts_at=START, online_url="https://join.example/secret"
        )
        MeetupFactory(group=GroupFactory(**LONDON, slug="london"), title="In London", starts_at=START)

    @pytest.mark.parametrize(
        ("query", "seen"),
        [
            ("", [True, True, True]),
            ("?q=Leeds&km=10", [True, False, False]),
            ("?q=Leeds&km=40", [True, True, False]),
            ("?q=Leeds&km=999", [True, True, False]),
            ("?q=Xyzzyville", [True, True, True]),
            ("?group=london", [False, False, True]),
            ("?group=nowhere", [False, False, False]),
            ("?online=1", [False, True, False]),
            ("?q=Leeds&km=40&online=1", [False, True, False]),
            ("?view=month&month=2026-12&q=Leeds&km=10", [True, False, False]),
        ],
    )
    def test_by_distance_group_and_online(self, query: str, seen: list[bool], client: Client) -> None:
        assert shown(client, query, "In Leeds", "In York", "In London") == seen

    def test_the_link_to_join_is_not_there(self, client: Client) -> None:
        assert "join.example" not in page(client, "?online=1")

    def test_an_unknown_place_is_said(self, client: Client) -> None:
        assert "We know no place called “Xyzzyville”." in page(client, "?q=Xyzzyville")

    def test_the_other_view_keeps_what_is_looked_for(self, client: Client) -> None:
        assert "?q=Leeds&amp;km=10&amp;view=month" in page(client, "?q=Leeds&km=10")


class TestSubjects:
    """From agendas that are out."""

    @pytest.mark.parametrize("view", ["", "&view=month&month=2026-12"])
    @pytest.mark.parametrize(
        ("subject", "seen"),
        [("leases", [True, False, False, False]), ("", [True] * 4), ("nothing", [False] * 4)],
    )
    def test_only_what_is_about_it(
        self, client: Client, group: Group, feed: ProgrammeFeed, view: str, subject: str, seen: list[bool]
    ) -> None:
        leases = SubjectFactory(name="Leases", slug="leases")
        out = MeetupFactory(group=group, title="About it", starts_at=START, agenda_published_at=START)
        draft = MeetupFactory(group=group, title="In a draft", starts_at=START)
        MeetupFactory(group=group, title="Of others", starts_at=START, agenda_published_at=START)
        for meetup in (out, out, draft):
            AgendaItemFactory(meetup=meetup, subject=leases)
        programmes.keep(feed, Reading(dates=[a_date()]))
        query = f"?subject={subject}{view}"
        assert shown(client, query, "About it", "In a draft", "Of others", "Partner day") == seen

    def test_the_subject_stays_chosen_when_the_view_changes(self, client: Client) -> None:
        text = page(client, "?subject=legal")
        assert '<option value="legal" selected>Legal</option>' in text
        assert "?subject=legal&amp;view=month" in text
        assert "Nothing like that is planned yet." in text


class TestProgrammes:
    """Vendors' own calendars."""

    def test_their_dates_show_with_the_label(self, client: Client, feed: ProgrammeFeed) -> None:
        programmes.keep(
            feed, Reading(dates=[a_date(url="https://acme.example/day"), a_date("Off", uid="x", is_cancelled=True)])
        )
        text = page(client)
        assert "Partner day" in text
        assert "Acme, vendor" in text
        assert "https://acme.example/day" in text
        assert text.count("Cancelled") == 1

    def test_the_same_event_in_several_feeds_is_there_once(
        self, client: Client, feed: ProgrammeFeed, at: datetime
    ) -> None:
        twin = ProgrammeFeed.objects.create(
            organisation=feed.organisation, name="B", url="https://b.example/", added_at=at, due_at=at
        )
        event = PublishedEventFactory(title="Restore day", starts_at=START)
        programmes.keep(
            feed, Reading(dates=[a_date("Same by name"), a_date("Same by UID", uid="u", starts_at=START + DAY)])
        )
        programmes.keep(
            twin,
            Reading(
                dates=[
                    a_date("same  BY name", uid="other"),
                    a_date("Renamed", uid="u", starts_at=START + DAY),
                    a_date("RESTORE day", uid="r"),
                ]
            ),
        )
        text = page(client).lower()
        assert [
            text.count(f">{title}</a>") for title in ("same by name", "same  by name", "renamed", "restore day")
        ] == [1, 0, 0, 1]
        assert event.get_absolute_url() in text

    def test_two_groups_at_one_hour_are_two(self, client: Client) -> None:
        for _ in range(2):
            MeetupFactory(group=GroupFactory(), title="Evening", starts_at=START)
        assert page(client).count(">Evening</a>") == 2

    def test_reading_again_replaces(self, feed: ProgrammeFeed) -> None:
        for title in ("First", "Second"):
            programmes.keep(feed, Reading(dates=[a_date(title)]))
        assert list(ProgrammeEvent.objects.values_list("title", flat=True)) == ["Second"]

    def test_what_cannot_be_fetched_is_said_and_tried_again(self, feed: ProgrammeFeed, at: datetime) -> None:
        ProgrammeFeed.objects.filter(pk=feed.pk).update(url="http://127.0.0.1/x.ics")
        programmes.keep(feed, Reading(dates=[a_date()]))
        assert [programmes.refresh(at), programmes.refresh(at)] == [1, 0]
        feed.refresh_from_db()
        assert (feed.trouble, feed.due_at) == ("That address is not on the open internet.", at + HOUR)
        assert feed.events.count() == 1

    def test_a_link_that_is_none_leads_to_the_vendor(self, feed: ProgrammeFeed) -> None:
        programmes.keep(feed, Reading(dates=[a_date(url="javascript:alert(1)")]))
        assert ProgrammeEvent.objects.get().get_absolute_url() == feed.organisation.get_absolute_url()

    def test_editors_add_and_take_out(self, vendor: Organisation, signed_in: SignIn) -> None:
        editor = signed_in(MemberFactory(is_staff=True))
        typed = {"organisation": vendor.pk, "name": "Acme Partners", "url": "webcal://acme.example/x.ics"}
        assert editor.post("/meetups/programmes/", typed | {"url": "file:///x"}).status_code == 422
        assert "Acme Partners" in editor.post("/meetups/programmes/", typed, follow=True).content.decode()
        assert editor.post("/meetups/programmes/", typed).status_code == 422
        number = ProgrammeFeed.objects.get().pk
        assert signed_in(MemberFactory()).post(f"/meetups/programmes/{number}/remove/").status_code == 403
        editor.post(f"/meetups/programmes/{number}/remove/")
        assert ProgrammeFeed.objects.count() == 0


class TestClashes:
    """What else is on."""

    def around(
        self, group: Group, at: datetime, start: datetime = START, without: Meetup | None = None
    ) -> clashes.Around:
        return clashes.around(group, start, start + 2 * HOUR, at=at, without=without)

    def test_near_enough_to_go_to_both(self, group: Group, feed: ProgrammeFeed, at: datetime) -> None:
        own = MeetupFactory(group=group, title="Own", starts_at=START + HOUR)
        MeetupFactory(group=GroupFactory(**YORK), title="York", starts_at=START - 3 * HOUR)
        MeetupFactory(group=GroupFactory(**YORK), title="York, too early", starts_at=START - 4 * HOUR)
        MeetupFactory(group=GroupFactory(**LONDON), title="London", starts_at=START)
        MeetupFactory(group=GroupFactory(**YORK), title="Off", starts_at=START, state="cancelled")
        PublishedEventFactory(group=group, title="Vendor", starts_at=START)
        programmes.keep(feed, Reading(dates=[a_date("Online"), a_date("Far", uid="2", place="Manchester")]))
        assert [each.title for each in self.around(group, at).clashes] == ["York", "Vendor", "Online", "Own"]
        assert "Own" not in [each.title for each in self.around(group, at, without=own).clashes]

    def test_free_days_keep_the_hour_and_the_weekday(self, group: Group, at: datetime) -> None:
        MeetupFactory(group=group, starts_at=START)
        MeetupFactory(group=GroupFactory(**YORK), starts_at=START + 7 * DAY)
        found = self.around(group, at)
        assert found.free == [START + each * DAY for each in (-1, 14, 21)]
        assert self.around(group, at, START + 3 * DAY) == clashes.Around()

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_three_queries(
        self, group: Group, number: int, at: datetime, django_assert_num_queries: Any
    ) -> None:
        for _ in range(number):
            MeetupFactory(group=GroupFactory(**YORK), starts_at=START)
        with django_assert_num_queries(3):
            assert len(self.around(group, at).clashes) == number

    def test_the_organiser_sees_it_before_it_is_planned(
        self, group: Group, organiser: Member, signed_in: SignIn
    ) -> None:
        MeetupFactory(group=GroupFactory(**YORK), title="York evening", starts_at=START)
        mine, address = signed_in(organiser), f"/groups/{group.slug}/meetups/new/"
        typed = {"title": "Ours", "day": "2026-12-08", "starts": "18:30", "ends": "20:30", "time_zone": "Europe/London"}
        first = mine.post(address, typed)
        text = first.content.decode()
        assert (first.status_code, Meetup.objects.filter(group=group).count()) == (422, 0)
        assert "York evening" in text
        assert 'value="Ours"' in text
        assert 'name="day" value="2026-12-15"' in text
        mine.post(address, typed | {"anyway": "1"})
        mine.post(address, typed | {"day": "2026-12-15"})
        assert Meetup.objects.filter(group=group).count() == 2

    def test_another_hour_is_looked_at_too(self, group: Group, organiser: Member, signed_in: SignIn) -> None:
        MeetupFactory(group=GroupFactory(**YORK), title="York evening", starts_at=START)
        meetup = MeetupFactory(group=group, starts_at=START + 3 * DAY)
        typed = {"title": "Ours", "day": "2026-12-11", "starts": "18:30", "ends": "20:30", "time_zone": "Europe/London"}
        mine, address = signed_in(organiser), f"{meetup.get_absolute_url()}edit/"
        assert mine.post(address, typed).status_code == 302
        meetup.refresh_from_db()
        address = f"{meetup.get_absolute_url()}edit/"
        assert "York evening" in mine.post(address, typed | {"day": "2026-12-08"}).content.decode()
        assert mine.post(address, typed | {"day": "2026-12-08", "anyway": "1"}).status_code == 302


class TestAlong:
    """A whole series is looked at before it is planned, and a draft before it goes out."""

    def starts(self, *days: int) -> list[datetime]:
        return [START + each * DAY for each in days]

    def test_dates_that_clash_and_weekdays_with_fewer(self, group: Group) -> None:
        for each in (0, 28, 1):
            MeetupFactory(group=GroupFactory(**YORK), title=f"York {each}", starts_at=START + each * DAY)
        others = {2: self.starts(1, 29), 3: self.starts(2, 30), 4: self.starts(0, 28)}
        found = clashes.along(group, self.starts(0, 28, 56), 2 * HOUR, others=others)
        assert [(start, [each.title for each in there]) for start, there in found.dates] == [
            (START, ["York 0"]),
            (START + 28 * DAY, ["York 28"]),
        ]
        assert (found.count, found.better) == (3, [(3, 0), (2, 1)])
        assert clashes.along(group, [], HOUR) == clashes.Along()

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_three_queries(self, group: Group, number: int, django_assert_num_queries: Any) -> None:
        for each in range(number):
            MeetupFactory(group=GroupFactory(**YORK), starts_at=START + each * DAY)
        with django_assert_num_queries(3):
            assert len(clashes.along(group, self.starts(0, 1, 2), HOUR).dates) == number

    def test_the_organiser_sees_it_before_a_year_is_planned(
        self, group: Group, organiser: Member, signed_in: SignIn
    ) -> None:
        MeetupFactory(group=GroupFactory(**YORK), title="York evening", starts_at=START)
        mine, address = signed_in(organiser), f"/groups/{group.slug}/meetups/plan/"
        typed = {
            "title": "Ours",
            "rhythm": "weekday:2",
            "weekday": "1",
            "start_time": "18:30",
            "minutes": "120",
            "starts_on": "2026-12-02",
            "time_zone": "Europe/London",
        }
        first = mine.post(address, typed)
        text = first.content.decode()
        assert (first.status_code, Meetup.objects.filter(group=group).count()) == (422, 0)
        assert "on 1 of 12 dates something else is on" in text
        assert 'name="weekday" value="0"' in text
        assert mine.post(address, typed | {"anyway": "1"}).status_code == 302
        assert Meetup.objects.filter(group=group).count() == 12

    def test_a_draft_says_so_before_it_goes_out(self, group: Group, organiser: Member, signed_in: SignIn) -> None:
        MeetupFactory(group=GroupFactory(**YORK), title="York evening", starts_at=START)
        draft = MeetupFactory(group=group, starts_at=START, state="draft")
        mine, address = signed_in(organiser), f"{draft.get_absolute_url()}publish/"
        first = mine.post(address)
        draft.refresh_from_db()
        assert (first.status_code, draft.state) == (422, "draft")
        assert "York evening" in first.content.decode()
        assert mine.post(address, {"anyway": "1"}).status_code == 302
        draft.refresh_from_db()
        assert draft.state == "published"
