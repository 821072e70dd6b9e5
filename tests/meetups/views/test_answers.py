"""Answering by one press, and by mail."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from community.models import Group, Member
from meetups.models import Meetup, Rsvp, RsvpRequest
from notifications.models import OutgoingMail
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.meetups import MeetupFactory, RsvpFactory

pytestmark = pytest.mark.usefixtures("now")

SignIn = Callable[[Member], Client]
VISITOR = {"name": "Ann Early", "email": "ann@example.org"}


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group, capacity=2, guests_allowed=1)


def rsvp_url(meetup: Meetup) -> str:
    return f"{meetup.get_absolute_url()}rsvp/"


def text(response) -> str:
    return response.content.decode()


def link_in_mail() -> str:
    mail = OutgoingMail.objects.order_by("pk").last()
    assert mail is not None
    found = re.search(r"http://[^/]+(/meetups/\S+/rsvp/confirm/\S+)", mail.text)
    assert found is not None
    return found[1]


def test_one_press_and_back_to_the_page(meetup: Meetup, joined: Member, signed_in: SignIn) -> None:
    response = signed_in(joined).post(rsvp_url(meetup), {"state": "going", "guests": "1"})
    assert (response.status_code, response["Location"]) == (302, f"{meetup.get_absolute_url()}#rsvp")
    assert list(Rsvp.objects.values_list("member", "state", "guests")) == [(joined.pk, "going", 1)]


@pytest.mark.parametrize("ahead", [1, 3])
@pytest.mark.parametrize(("is_inside", "queries"), [(True, 11), (False, 16)])
def test_what_waiting_costs(
    group: Group,
    member: Member,
    signed_in: SignIn,
    django_assert_num_queries,
    ahead: int,
    is_inside: bool,
    queries: int,
) -> None:
    """A rush is as fast as this is short: nearly all of it is done while others wait for their turn."""
    meetup = MeetupFactory(group=group, capacity=1)
    RsvpFactory(meetup=meetup)
    for _ in range(ahead):
        RsvpFactory(meetup=meetup, state="waitlisted")
    if is_inside:
        MembershipFactory(group=group, member=member)
    client = signed_in(member)
    client.get("/settings/profile/")
    # PostgreSQL is asked for the turn; on SQLite it comes with the lock.
    with django_assert_num_queries(queries + (connection.vendor == "postgresql")):
        client.post(rsvp_url(meetup), {"state": "going"})
    assert Rsvp.objects.get(member=member).state == "waitlisted"


def test_htmx_gets_the_control_and_who_is_coming(meetup: Meetup, joined: Member, signed_in: SignIn) -> None:
    response = signed_in(joined).post(rsvp_url(meetup), {"state": "going"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    page = text(response)
    assert "You are going" in page
    assert 'hx-swap-oob="true"' in page
    assert joined.shown_name in page
    assert "<html" not in page


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({"state": "going", "guests": "400"}, 422, "You can bring one guest to this meetup."),
        ({"state": "perhaps"}, 422, "Choose one"),
        ({}, 422, "Choose one"),
    ],
)
def test_wrong_answers_are_explained_and_nothing_is_stored(
    meetup: Meetup, joined: Member, signed_in: SignIn, data, status: int, words: str
) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        response = signed_in(joined).post(rsvp_url(meetup), data, headers=headers)
        assert (response.status_code, words in text(response)) == (status, True)
    assert not Rsvp.objects.exists()


def test_a_past_meetup_says_it_is_over(meetup: Meetup, joined: Member, signed_in: SignIn, client: Client) -> None:
    Meetup.objects.update(starts_at="2026-11-03T18:30Z", ends_at="2026-11-03T20:30Z")
    response = signed_in(joined).post(rsvp_url(meetup), {"state": "going"})
    assert (response.status_code, "This meetup is over." in text(response)) == (403, True)
    response = client.post(rsvp_url(meetup), VISITOR)
    assert (response.status_code, "This meetup is over." in text(response)) == (403, True)
    assert not Rsvp.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_visitor_is_going_after_one_mail_and_one_press(meetup: Meetup, client: Client) -> None:
    client.cookies["zone"] = "Europe/Berlin"
    response = client.post(rsvp_url(meetup), VISITOR)
    assert (response.status_code, "Check your mail" in text(response)) == (200, True)
    link = link_in_mail()
    opened = client.get(link)
    assert (opened.status_code, "Yes, put me down" in text(opened)) == (200, True)
    assert (Member.objects.count(), Rsvp.objects.count()) == (0, 0)  # a scanner that looks changes nothing
    landed = client.post(link, follow=True)
    assert landed.redirect_chain[-1][0] == f"{meetup.get_absolute_url()}?welcome=1"
    assert "You are going" in text(landed)
    assert "do you work for a vendor" in text(landed)
    member = Member.objects.get()
    assert (member.email, member.time_zone, landed.wsgi_request.user) == ("ann@example.org", "Europe/Berlin", member)
    assert list(Rsvp.objects.values_list("member", "state")) == [(member.pk, "going")]


def test_a_full_meetup_says_where_in_the_queue(meetup: Meetup, client: Client) -> None:
    for _ in range(2):
        RsvpFactory(meetup=meetup)
    client.post(rsvp_url(meetup), VISITOR)
    landed = client.post(link_in_mail(), follow=True)
    assert "You are 1st on the waiting list" in text(landed)


def test_nothing_tells_whether_there_is_an_account(meetup: Meetup, client: Client) -> None:
    MemberFactory(email="ann@example.org")
    known = text(client.post(rsvp_url(meetup), VISITOR))
    unknown = text(client.post(rsvp_url(meetup), VISITOR | {"email": "ben@example.org"}))
    assert known.replace("ann@", "ben@") == unknown
    mails = OutgoingMail.objects.order_by("pk").values_list("subject", flat=True)
    assert mails[0] == mails[1]


def test_dead_links_say_what_to_do(meetup: Meetup, client: Client) -> None:
    client.post(rsvp_url(meetup), VISITOR)
    link = link_in_mail()
    wrong = client.get(f"{rsvp_url(meetup)}confirm/wrong/")
    assert (wrong.status_code, "not complete" in text(wrong)) == (410, True)
    RsvpRequest.objects.update(expires_at="2026-12-01T14:00Z")
    late = client.post(link)
    assert (late.status_code, "two days" in text(late)) == (410, True)
    assert not Member.objects.exists()
    RsvpRequest.objects.update(expires_at="2026-12-03T14:00Z", used_at="2026-12-01T14:30Z")
    used = client.get(link)
    assert (used.status_code, "has been used" in text(used)) == (410, True)


def test_what_was_typed_is_kept(meetup: Meetup, client: Client) -> None:
    response = client.post(rsvp_url(meetup), {"name": "Ann Early", "email": "not an address"})
    assert response.status_code == 422
    assert 'value="Ann Early"' in text(response)
    assert 'value="not an address"' in text(response)


def test_too_many_from_one_place(meetup: Meetup, client: Client) -> None:
    answers = [
        client.post(rsvp_url(meetup), VISITOR | {"email": f"n{number}@example.org"}).status_code for number in range(21)
    ]
    assert answers == [*[200] * 20, 429]
    assert OutgoingMail.objects.count() == 20


def test_a_visitors_form_needs_no_token_and_a_members_does(meetup: Meetup, joined: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(rsvp_url(meetup), VISITOR).status_code == 200
    assert RsvpRequest.objects.count() == 1
    client.force_login(joined)
    assert client.post(rsvp_url(meetup), {"state": "going"}).status_code == 403
    assert not Rsvp.objects.exists()
    page = client.get(meetup.get_absolute_url())
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text(page))
    assert token is not None
    answer = client.post(rsvp_url(meetup), {"state": "going", "csrfmiddlewaretoken": token[1]})
    assert (answer.status_code, Rsvp.objects.get().state) == (302, "going")


@pytest.mark.parametrize(
    ("place", "status", "asked"), [("cross-site", 403, 0), ("same-site", 403, 0), ("none", 200, 1)]
)
def test_a_visitors_form_is_taken_from_our_own_pages_only(meetup: Meetup, place: str, status: int, asked: int) -> None:
    answer = Client().post(rsvp_url(meetup), VISITOR, headers={"Sec-Fetch-Site": place})
    assert (answer.status_code, RsvpRequest.objects.count()) == (status, asked)


@pytest.mark.parametrize(
    ("origin", "status", "asked"),
    [("https://elsewhere.example", 403, 0), ("null", 403, 0), ("http://testserver", 200, 1)],
)
def test_an_older_browser_names_the_origin(meetup: Meetup, origin: str, status: int, asked: int) -> None:
    answer = Client().post(rsvp_url(meetup), VISITOR, headers={"Origin": origin})
    assert (answer.status_code, RsvpRequest.objects.count()) == (status, asked)


def test_a_visitors_page_sets_no_cookie(meetup: Meetup) -> None:
    assert not Client().get(meetup.get_absolute_url()).cookies
