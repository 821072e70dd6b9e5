"""Home and a group's front for members: what is kept is fresh after every deed, and nobody sees what is another's."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.actions import memberships, profile
from community.models import Group, Member
from forum.actions import posts, reading, topics
from forum.models import Category, Topic
from live import changes
from meetups.actions import meetups as evenings
from meetups.actions import rsvps
from meetups.models import Meetup
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TopicFactory
from tests.factories.meetups import MeetupFactory

SignIn = Callable[[Member], Client]


@pytest.fixture
def place(group: Group, settings: Any) -> Category:
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""
    changes.here.note_all()
    return CategoryFactory(group=group)


@pytest.fixture
def meetup(group: Group, place: Category) -> Meetup:
    return MeetupFactory(group=group, starts_at=now() + timedelta(days=7), capacity=4, title="Backups by hand")


@pytest.fixture
def other(group: Group) -> Member:
    return MembershipFactory(group=group, member__display_name="Grace Goes", member__trust=3).member


def now() -> datetime:
    return timezone.now().replace(microsecond=0)


def begin(other: Member, place: Category, meetup: Meetup) -> None:
    topics.open(author=other, category=place, title="Labels that stick", body="Which?", client_key="a", at=now())


def go(other: Member, place: Category, meetup: Meetup) -> None:
    rsvps.answer(member=other, meetup=meetup, state="going", at=now())


def cancel(other: Member, place: Category, meetup: Meetup) -> None:
    evenings.cancel(actor=meetup.planned_by, meetup=meetup, why="No heating", at=now())


def arrive(other: Member, place: Category, meetup: Meetup) -> None:
    memberships.join(member=MemberFactory(display_name="Nora New"), group=meetup.group, at=now())


def rename(other: Member, place: Category, meetup: Meetup) -> None:
    profile.update(member=other, values={"display_name": "Ada Anew"})


@pytest.mark.parametrize(
    ("deed", "address", "words"),
    [
        (begin, "/", "Labels that stick"),
        (begin, "group", "Labels that stick"),
        (go, "/", "1 of 4 seats taken"),
        (go, "group", "1 of 4 seats taken"),
        (cancel, "/", "!Backups by hand"),
        (cancel, "group", "!Backups by hand"),
        (arrive, "group", "Nora New"),
        (rename, "group", "Ada Anew"),
    ],
)
def test_a_member_sees_a_deed_at_once(
    deed: Any,
    address: str,
    words: str,
    meetup: Meetup,
    place: Category,
    organiser: Member,
    joined: Member,
    other: Member,
    signed_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    meetup.planned_by = organiser
    meetup.save()
    client, address = signed_in(joined), meetup.group.get_absolute_url() if address == "group" else address
    before = client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        deed(other, place, meetup)
    after = client.get(address).content.decode()
    seen = [words.removeprefix("!") in page for page in (before, after)]
    assert seen == ([True, False] if words.startswith("!") else [False, True])


def test_what_was_read_is_new_no_longer(
    meetup: Meetup,
    place: Category,
    joined: Member,
    other: Member,
    signed_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    begin(other, place, meetup)
    topic, client = Topic.objects.get(), signed_in(joined)
    seen = []
    for deed in (
        lambda: None,
        lambda: reading.read_up_to(member=joined, topic=topic, number=1, at=now()),
        lambda: posts.reply(author=other, topic=topic, body="Blue ones.", client_key="b", at=now()),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        pages = [client.get(address).content.decode() for address in ("/", meetup.group.get_absolute_url())]
        seen.append(["badge badge-ember" in page or "1 new" in page for page in pages])
    assert seen == [[True, True], [False, False], [True, True]]


def test_nobody_is_shown_what_is_kept_for_another(
    meetup: Meetup, organiser: Member, joined: Member, other: Member, signed_in: SignIn
) -> None:
    TopicFactory(category=MembersOnlyFactory(group=meetup.group), title="Between ourselves")
    stranger, address = MembershipFactory().member, meetup.group.get_absolute_url()
    readers = [signed_in(joined), signed_in(stranger), Client(), signed_in(organiser), signed_in(stranger)]
    pages = [client.get(address).content.decode() for client in readers]
    assert ["Between ourselves" in page for page in pages] == [True, False, False, True, False]
    assert ["Grace Goes" in page for page in pages] == [True, False, False, True, False]
    home = [client.get("/").content.decode() for client in readers]
    assert ["Between ourselves" in page for page in home] == [True, False, False, True, False]


def test_ones_own_answer_is_read_anew_though_nobody_told(meetup: Meetup, joined: Member, signed_in: SignIn) -> None:
    """Another process took the answer, and its word is still on the way."""
    client, address = signed_in(joined), meetup.group.get_absolute_url()
    client.get(address)
    rsvps.answer(member=joined, meetup=meetup, state="going", at=now())  # the test's transaction tells nobody
    assert "1 of 4 seats taken" in client.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_what_they_cost_while_they_are_kept(
    meetup: Meetup, place: Category, joined: Member, signed_in: SignIn, django_assert_num_queries: Any, count: int
) -> None:
    TopicFactory.create_batch(count, category=place)
    client, address = signed_in(joined), meetup.group.get_absolute_url()
    for each in (address, "/"):
        client.get(each)
    with django_assert_num_queries(5):  # the member, the group, their role, their answer, what is said beside names
        client.get(address)
    with django_assert_num_queries(4):  # the member, their groups, the next evening, their answer
        client.get("/")
