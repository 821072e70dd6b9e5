"""The page of an evening."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from community.models import Group, Member
from meetups.actions import rsvps
from meetups.models import Meetup
from tests.factories.community import MemberFactory, MembershipFactory, OrganisationFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, RsvpFactory, SeriesFactory, VenueFactory

pytestmark = pytest.mark.usefixtures("now")

SignIn = Callable[[Member], Client]


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group, venue=VenueFactory(group=group, name="The Fox"), title="Cash flow")


def text(response) -> str:
    return response.content.decode()


def test_a_visitor_reads_it_and_may_answer_with_a_name(meetup: Meetup, client: Client) -> None:
    Meetup.objects.update(agenda_published_at=meetup.created_at)
    AgendaItemFactory(meetup=meetup, title="Getting paid", position=1, minutes=30)
    AgendaItemFactory(
        meetup=meetup,
        title="Acme in ten",
        position=2,
        minutes=10,
        kind="product",
        organisation=OrganisationFactory(name="Acme"),
    )
    page = text(client.get(meetup.get_absolute_url()))
    for words in (
        "Cash flow",
        "Tuesday 8 December, 18:30",
        "The Fox",
        "Getting paid",
        "19:00",
        "Product time: Acme",
        "Put me down",
        'name="email"',
        "Show on a map",
    ):
        assert words in page
    assert "Door list" not in page


def test_another_slug_leads_to_the_right_one(meetup: Meetup, client: Client) -> None:
    response = client.get(f"/meetups/{meetup.pk}/something/")
    assert (response.status_code, response["Location"]) == (301, meetup.get_absolute_url())


@pytest.mark.parametrize("facts", [{"state": "draft"}, {"hidden_at": datetime.fromisoformat("2026-11-01T00:00Z")}])
def test_drafts_and_hidden_ones_are_not_there(
    group: Group, organiser: Member, client: Client, signed_in: SignIn, facts
) -> None:
    meetup = MeetupFactory(group=group, **facts)
    assert client.get(meetup.get_absolute_url()).status_code == 404
    assert signed_in(organiser).get(meetup.get_absolute_url()).status_code == 200


def test_the_link_to_join_is_for_people_who_are_going(
    group: Group, organiser: Member, joined: Member, client: Client, signed_in: SignIn
) -> None:
    secret = "https://meet.example.org/secret"
    meetup = MeetupFactory(group=group, online_url=secret)
    going = RsvpFactory(meetup=meetup).member
    waiting = RsvpFactory(meetup=meetup, state="waitlisted").member
    seen = {
        name: secret in text(who.get(meetup.get_absolute_url()))
        for name, who in {
            "visitor": client,
            "member": signed_in(joined),
            "waiting": signed_in(waiting),
            "going": signed_in(going),
            "organiser": signed_in(organiser),
        }.items()
    }
    assert seen == {"visitor": False, "member": False, "waiting": False, "going": True, "organiser": True}


def test_who_is_coming_by_the_groups_choice_and_each_members(
    meetup: Meetup, joined: Member, client: Client, signed_in: SignIn
) -> None:
    RsvpFactory(meetup=meetup, member=MemberFactory(display_name="Nadia Known"), guests=1)
    RsvpFactory(meetup=meetup, member=MemberFactory(display_name="Shy Person", is_listed_by_name=False))
    inside, outside = (
        text(signed_in(joined).get(meetup.get_absolute_url())),
        text(client.get(meetup.get_absolute_url())),
    )
    assert "Nadia Known" in inside
    assert "with 1 guest" in inside
    assert "1 member, who likes" in inside
    assert "Shy Person" not in inside + outside
    assert "Nadia Known" not in outside
    assert "2 people." in outside


def test_waiting_shows_the_place_in_the_queue_and_the_rule(group: Group, signed_in: SignIn) -> None:
    meetup = MeetupFactory(group=group, capacity=1)
    RsvpFactory(meetup=meetup)
    for _ in range(2):
        RsvpFactory(meetup=meetup, state="waitlisted")
    third = RsvpFactory(meetup=meetup, state="waitlisted").member
    page = text(signed_in(third).get(meetup.get_absolute_url()))
    assert "You are 3rd on the waiting list" in page
    assert "First come, first served." in page


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": "cancelled", "cancelled_why": "The Fox is flooded."}, "The Fox is flooded."),
        ({"starts_at": datetime.fromisoformat("2026-11-03T18:30Z")}, "This evening is over."),
    ],
)
def test_closed_evenings_say_so_and_ask_for_nothing(group: Group, client: Client, facts, words: str) -> None:
    page = text(client.get(MeetupFactory(group=group, **facts).get_absolute_url()))
    assert words in page
    assert "Put me down" not in page


@pytest.mark.parametrize("going", [1, 3])
def test_what_the_page_costs_signed_in(
    meetup: Meetup, joined: Member, signed_in: SignIn, django_assert_num_queries, going: int
) -> None:
    for _ in range(going):
        RsvpFactory(meetup=meetup)
        AgendaItemFactory(meetup=meetup, speaker=MemberFactory())
    RsvpFactory(meetup=meetup, member=joined)
    client = signed_in(joined)
    client.get(meetup.get_absolute_url())
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(meetup.get_absolute_url())


DETAIL_QUERIES = 10


@pytest.mark.parametrize("ahead", [1, 3])
def test_what_it_costs_someone_who_waits(
    group: Group, joined: Member, signed_in: SignIn, django_assert_num_queries, at: datetime, ahead: int
) -> None:
    meetup = MeetupFactory(group=group, series=SeriesFactory(group=group), capacity=3, guests_allowed=2)
    RsvpFactory(meetup=meetup, guests=1)
    for number in range(ahead):
        member = MembershipFactory(group=group).member
        rsvps.answer(member=member, meetup=meetup, state="going", guests=1, at=at + timedelta(minutes=number))
    rsvps.answer(member=joined, meetup=meetup, state="going", guests=1, at=at)
    client = signed_in(joined)
    page = text(client.get(meetup.get_absolute_url()))
    assert ("1 seat is free" in page, "I come every month" in page) == (True, True)
    with django_assert_num_queries(12):
        client.get(meetup.get_absolute_url())


def test_the_part_that_follows_others_answers(
    meetup: Meetup, joined: Member, client: Client, signed_in: SignIn
) -> None:
    RsvpFactory(meetup=meetup, member=MembershipFactory(group=meetup.group, member__display_name="Bob Quill").member)
    address = f"{meetup.get_absolute_url()}?part=answers"
    part = text(signed_in(joined).get(address))
    assert ("Bob Quill" in part, 'id="rsvp"' in part, "<html" in part) == (True, True, False)
    visitors = text(client.get(address))
    assert ("Bob Quill" in visitors, "<html" in visitors, "evening.js" in visitors) == (False, True, False)
    Meetup.objects.update(hidden_at=meetup.starts_at)
    assert signed_in(joined).get(address).status_code == 404


def test_only_an_open_evening_is_listened_to(meetup: Meetup, joined: Member, signed_in: SignIn) -> None:
    client, listens = signed_in(joined), f'data-evening="meetup:{meetup.pk}"'
    assert listens in text(client.get(meetup.get_absolute_url()))
    Meetup.objects.update(state="cancelled")
    assert listens not in text(client.get(meetup.get_absolute_url()))


def test_organisers_find_their_tools_here(meetup: Meetup, organiser: Member, signed_in: SignIn) -> None:
    page = text(signed_in(organiser).get(meetup.get_absolute_url()))
    for words in ("Door list", "Cancel this evening", "Copy it to another day"):
        assert words in page


def test_the_groups_own_list(
    meetup: Meetup, group: Group, joined: Member, signed_in: SignIn, django_assert_num_queries
) -> None:
    RsvpFactory(meetup=meetup, member=joined)
    MeetupFactory(group=group, starts_at=meetup.starts_at - timedelta(days=60), title="Held long ago")
    client = signed_in(joined)
    page = text(client.get(f"/groups/{group.slug}/meetups/"))
    for words in ("You are going", "Cash flow", "Held long ago"):
        assert words in page
    for _ in range(3):
        MeetupFactory(group=group)
    with django_assert_num_queries(GROUP_QUERIES):
        client.get(f"/groups/{group.slug}/meetups/")


GROUP_QUERIES = 8
