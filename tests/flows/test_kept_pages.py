"""Pages as visitors meet them: kept in front of the site, and never a moment old after a change."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone

from cms.actions import sites
from cms.models import ContentPage
from cms.wagtail_hooks import shown_anew
from community.actions import departure, groups, memberships, roles
from community.models import Group, Member
from config.front.wsgi import Front
from forum.actions import topics
from live import changes
from meetups.actions import feeds, rsvps
from meetups.actions import meetups as evenings
from meetups.actions.details import Details
from meetups.models import Meetup, Rsvp
from sponsors.actions import events
from sponsors.models import VendorEvent
from tests.config.front.small import ask
from tests.conftest import Standing
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import TalkFactory
from tests.factories.meetups import MeetupFactory
from tests.factories.sponsors import PublishedEventFactory, RepresentativeFactory

LINK = "https://join.example/secret-room"


PAGES = {
    "home": "/",
    "group": "{group}",
    "evenings": "{group}meetups/",
    "meetup": "{meetup}",
    "list": "/meetups/",
    "month": "/meetups/?view=month",
    "directory": "/groups/",
    "ics": "{meetup}event.ics",
    "feed": "{group}calendar.ics",
    "all": "/meetups/calendar.ics",
    "event": "{event}",
    "event ics": "{event}event.ics",
    "sponsors": "{group}sponsors/",
    "vendors": "/sponsors/",
    "vendor": "{vendor}",
    "ledger": "/ledger/",
    "words": "/about/",
}


@dataclass
class World:
    """One group with an evening a week from now, and how often the site itself was asked."""

    group: Group
    organiser: Member
    member: Member
    meetup: Meetup
    event: VendorEvent
    front: Front = field(init=False)
    asked: list[str] = field(default_factory=list)

    def get(self, name: str, **headers: str) -> tuple[str, dict[str, str], str]:
        """As a server would be asked."""
        bases = {
            "group": f"/groups/{self.group.slug}/",
            "meetup": self.meetup.get_absolute_url(),
            "event": self.event.get_absolute_url(),
            "vendor": self.event.organisation.get_absolute_url(),
        }
        path, _, query = PAGES[name].format(**bases).partition("?")
        status, told, body = ask(self.front, path, query, **headers)
        return status, told, body.decode()


@pytest.fixture
def connected(db: None) -> Iterator[None]:
    """A request would begin and end by closing the test's own connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def made(standing: Standing) -> Iterator[World]:
    with standing():
        yield make()


def make() -> World:
    at = timezone.now()
    starts = (at + timedelta(days=7)).replace(microsecond=0)
    GroupFactory.create_batch(3, next_meetup_at=at + timedelta(days=1))  # so that ours stands among the next evenings
    group = GroupFactory(attendees_visible_to=Group.Audience.EVERYONE, tabs=["sponsors"])
    meetup = MeetupFactory(group=group, starts_at=starts, capacity=2, online_url=LINK, title="Backups by hand")
    writer = RepresentativeFactory()
    facts = {"organisation": writer.organisation, "written_by": writer.member, "title": "Discs by the dozen"}
    event = PublishedEventFactory(group=group, starts_at=starts, ends_at=starts + timedelta(hours=2), **facts)
    sites.make_pages()
    TalkFactory(group=group)
    organiser = OrganiserFactory(group=group).member
    member = MembershipFactory(group=group).member
    return World(group, organiser, member, meetup, event)


@pytest.fixture
def world(made: World, connected: None, settings: Any) -> World:
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""
    changes.here.note_all()
    world, application = deepcopy(made), get_wsgi_application()

    def counting(environ: Any, start_response: Any) -> Any:
        world.asked.append(environ["PATH_INFO"])
        return application(environ, start_response)

    world.front = Front(counting)
    return world


def amend(world: World) -> None:
    facts = {"title": "Backups by machine", "starts_at": world.meetup.starts_at, "ends_at": world.meetup.ends_at}
    details = Details(**facts, time_zone="Europe/London", capacity=2, online_url=LINK)
    evenings.amend(actor=world.organiser, meetup=world.meetup, details=details, at=timezone.now())


def topic(world: World) -> None:
    place = world.group.categories.get()
    facts = {"title": "Which labels stick?", "body": "On racks, for years.", "client_key": "k-1"}
    topics.open(author=world.member, category=place, **facts, at=timezone.now())


def words(_: World) -> None:
    page = ContentPage.objects.get(slug="about")
    page.body = "<p>Words by hand.</p>"
    page.save_revision().publish()
    shown_anew()


def at() -> Any:
    return timezone.now()


DEEDS: dict[str, tuple[Callable[[World], Any], dict[str, str]]] = {
    "an answer": (
        lambda w: rsvps.answer(member=w.member, meetup=w.meetup, state="going", at=at()),
        dict.fromkeys(["group", "meetup"], "1 of 2 seats taken") | {"home": "1 going", "evenings": "1 is going"},
    ),
    "a change": (
        amend,
        dict.fromkeys(
            ["home", "group", "evenings", "meetup", "list", "month", "ics", "feed", "all"], "Backups by machine"
        ),
    ),
    "called off": (
        lambda w: evenings.cancel(actor=w.organiser, meetup=w.meetup, why="No heating", at=at()),
        {"meetup": "No heating", "month": "Cancelled", "ics": "CANCELLED", "feed": "CANCELLED", "all": "CANCELLED"},
    ),
    "hidden": (lambda w: evenings.hide(w.meetup, at()), dict.fromkeys(["home", "group", "list", "feed"], "!Backups")),
    "another name": (
        lambda w: groups.amend(actor=w.organiser, group=w.group, name="Leeds by night", at=at()),
        dict.fromkeys(
            ["home", "group", "evenings", "meetup", "directory", "ics", "feed", "all", "event", "sponsors"],
            "Leeds by night",
        ),
    ),
    "a new topic": (topic, {"home": "Which labels stick?", "group": "Which labels stick?"}),
    "a new member": (
        lambda w: memberships.join(member=MemberFactory(), group=w.group, at=at()),
        {"group": "{} member", "directory": "{} member", "sponsors": "{} member"},
    ),
    "a role": (
        lambda w: roles.appoint(actor=w.organiser, member=w.member, group=w.group, role="organiser", at=at()),
        {"group": 'person-name" href="{profile}"'},
    ),
    "an event called off": (
        lambda w: events.cancel(actor=w.event.written_by, event=w.event, at=at()),
        {"list": "!Discs", "month": "!Discs", "sponsors": "!Discs", "feed": "!Discs", "vendor": "!Discs"},
    ),
    "an event hidden": (lambda w: events.hide(event_id=w.event.pk, at=at()), {"list": "!Discs", "group": "!Discs"}),
    "words": (words, {"words": "Words by hand."}),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_kept_and_holds_nothing_of_anyones_own(world: World, name: str) -> None:
    first, second = world.get(name), world.get(name)
    assert (first[0], second == first, len(world.asked)) == ("200 OK", True, 1)
    assert "Set-Cookie" not in first[1]
    assert [word for word in ("csrfmiddlewaretoken", LINK, changes.MADE_OF) if word in first[2] + str(first[1])] == []


@pytest.mark.parametrize(("deed", "name"), [(deed, name) for deed, (_, shows) in DEEDS.items() for name in shows])
def test_a_change_is_seen_at_once(world: World, deed: str, name: str, django_capture_on_commit_callbacks: Any) -> None:
    act, shows = DEEDS[deed]
    _, _, before = world.get(name)
    with django_capture_on_commit_callbacks(execute=True):
        act(world)
    world.group.refresh_from_db()
    world.meetup.refresh_from_db()
    _, _, after = world.get(name)
    word = (
        shows[name].replace("{}", str(world.group.member_count)).replace("{profile}", world.member.get_absolute_url())
    )
    is_gone = word.startswith("!")
    word = word.removeprefix("!")
    assert (word in before, word in after) == (is_gone, not is_gone)


@pytest.mark.parametrize("name", ["ics", "feed", "all", "event ics"])
def test_a_public_calendar_is_the_same_for_members_and_kept_for_all(world: World, name: str) -> None:
    client = Client()
    client.force_login(world.member)
    cookie = f"session={client.cookies['session'].value}"
    first = world.get(name, cookie=cookie)
    assert world.get(name) == first
    status, headers, body = world.get(name, cookie=cookie, if_none_match=first[1]["ETag"])
    assert (status, headers["ETag"], body, len(world.asked)) == ("304 Not Modified", first[1]["ETag"], "", 1)


def declined(world: World, at: datetime) -> None:
    rsvps.answer(member=world.member, meetup=world.meetup, state=Rsvp.State.DECLINED, at=at)


def left(world: World, at: datetime) -> None:
    memberships.leave(member=world.member, group=world.group, at=at)


def left_out(world: World, at: datetime) -> None:
    feeds.choose(member=world.member, groups=[], only_going=False, at=at)


def ended(world: World, at: datetime) -> None:
    feeds.revoke(member=world.member, at=at)


def gone(world: World, at: datetime) -> None:
    departure.depart(member=world.member, at=at)


@pytest.mark.parametrize("act", [declined, left, left_out, ended, gone])
def test_ones_own_calendar_is_kept_by_its_address_until_it_says_something_else(
    world: World, act: Callable[[World, datetime], None], django_capture_on_commit_callbacks: Any
) -> None:
    at = timezone.now()
    path = f"/calendar/{feeds.rotate(member=world.member, at=at)}.ics"
    _, told, body = ask(world.front, path)
    assert b"Backups by hand" in body
    assert told["Cache-Control"] == "private, max-age=300"
    assert ask(world.front, path, cookie="session=mine", if_none_match=told["ETag"])[0] == "304 Not Modified"
    assert len(world.asked) == 1
    with django_capture_on_commit_callbacks(execute=True):
        act(world, at)
    status, _, body = ask(world.front, path)
    assert b"Backups by hand" not in body
    assert status == ("404 Not Found" if act in {ended, gone} else "200 OK")
