"""Finding a group."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.models import Group
from tests.factories.community import GroupFactory

LEEDS = {"latitude": 53.797, "longitude": -1.548, "place_name": "Leeds"}
BRADFORD = {"latitude": 53.794, "longitude": -1.752, "place_name": "Bradford"}
BRISTOL = {"latitude": 51.455, "longitude": -2.597, "place_name": "Bristol"}


def names(response) -> list[str]:
    page = response.context["page"] if "page" in response.context else response.context["nearby"].groups
    return [group.name for group in page]


def test_those_that_meet_next_stand_first_and_the_closed_nowhere(client: Client, db: None) -> None:
    now = timezone.now()
    GroupFactory(name="Listed", state="listed", website="https://www.example.org/x")
    GroupFactory(name="Dormant", state="dormant", last_meetup_at=now - timedelta(days=400))
    GroupFactory(name="Quiet", next_meetup_at=now - timedelta(days=1))
    GroupFactory(name="Later", next_meetup_at=now + timedelta(days=9))
    GroupFactory(name="Soon", next_meetup_at=now + timedelta(days=2), next_meetup_url="/meetups/7/soon/")
    GroupFactory(name="Closed", state="archived")
    response = client.get("/groups/")
    assert names(response) == ["Soon", "Later", "Quiet", "Dormant", "Listed"]
    text = response.content.decode()
    assert "/meetups/7/soon/" in text
    assert "Listed elsewhere" in text
    assert "example.org" in text
    assert "Dormant" in text
    assert "Closed" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_directory_costs_the_same_for_any_number(
    client: Client, db: None, django_assert_num_queries, count: int
) -> None:
    GroupFactory.create_batch(count)
    with django_assert_num_queries(4):
        assert client.get("/groups/").status_code == 200


def test_narrowed_by_country_and_by_problem(client: Client, db: None) -> None:
    GroupFactory(name="Here", country_code="GB", topic="Cash flow")
    GroupFactory(name="There", country_code="DE", topic="Hiring")
    assert names(client.get("/groups/?country=de")) == ["There"]
    assert names(client.get("/groups/?topic=cash+flow")) == ["Here"]
    assert names(client.get("/groups/?country=DE&topic=Cash+flow")) == []
    assert "Germany (1)" in client.get("/groups/").content.decode()


def test_an_empty_directory_offers_the_first_step(client: Client, db: None) -> None:
    assert "No group here yet" in client.get("/groups/").content.decode()


def test_pages_of_thirty(client: Client, db: None) -> None:
    GroupFactory.create_batch(31)
    assert len(names(client.get("/groups/"))) == 30
    assert len(names(client.get("/groups/?page=2"))) == 1


def test_the_nearest_first_with_their_distance(client: Client, db: None) -> None:
    GroupFactory(name="Bradford", **BRADFORD)
    GroupFactory(name="Leeds", **LEEDS)
    GroupFactory(name="Bristol", **BRISTOL)
    GroupFactory(name="Nowhere", latitude=None, longitude=None)
    response = client.get("/groups/near/", {"q": "LS1 4AP"})
    assert names(response) == ["Leeds", "Bradford"]
    text = response.content.decode()
    assert "under a mile" in text
    assert "8 miles" in text
    assert "LS1, Leeds" in text


@pytest.mark.parametrize("count", [1, 3])
def test_near_costs_one_query_for_any_number(client: Client, db: None, django_assert_num_queries, count: int) -> None:
    for _ in range(count):
        GroupFactory(**LEEDS)
    with django_assert_num_queries(1):
        assert len(names(client.get("/groups/near/?q=Leeds"))) == count


def test_where_nothing_is_near_it_looks_further_and_says_so(
    client: Client, db: None, django_assert_num_queries
) -> None:
    GroupFactory(name="Bristol", **BRISTOL)
    with django_assert_num_queries(2):
        response = client.get("/groups/near/?q=Leeds&km=25")
    assert names(response) == ["Bristol"]
    assert "Nothing within 25 km." in response.content.decode()


def test_listed_elsewhere_it_leads_away_and_may_be_claimed(client: Client, db: None) -> None:
    GroupFactory(slug="far", state="listed", website="https://www.example.org/x", **LEEDS)
    text = client.get("/groups/near/?q=Leeds").content.decode()
    assert 'href="https://www.example.org/x"' in text
    assert "/groups/far/claim/" in text


def test_an_unknown_place_is_said_with_what_may_have_been_meant(client: Client, db: None) -> None:
    GroupFactory(name="Leeds", **LEEDS)
    response = client.get("/groups/near/?q=Leedz")
    assert response.status_code == 200
    text = response.content.decode()
    assert "We do not know a place called “Leedz”." in text
    assert "?q=Leeds%2C%20England%2C%20United%20Kingdom" in text
    assert "nearby" not in response.context


@pytest.mark.parametrize(
    ("typed", "words"),
    [("BT1 1AA", "Northern Ireland"), ("10115", "Great Britain only"), ("<script>alert(1)</script>", "&lt;script&gt;")],
)
def test_what_cannot_be_known_is_explained(client: Client, db: None, typed: str, words: str) -> None:
    assert words in client.get("/groups/near/", {"q": typed}).content.decode()


def test_a_name_of_many_towns_offers_the_others(client: Client, db: None) -> None:
    assert "Boston, Massachusetts, United States" in client.get("/groups/near/?q=Boston").content.decode()


def test_a_position_is_taken_to_two_decimals(client: Client, db: None) -> None:
    GroupFactory(name="Leeds", **LEEDS)
    response = client.get("/groups/near/?lat=53.80123&lng=-1.54999")
    assert (response.context["place"].latitude, response.context["place"].longitude) == (53.8, -1.55)
    assert names(response) == ["Leeds"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=",
        "?lat=91&lng=0",
        "?lat=x&lng=1",
        "?lat=nan&lng=1",
        "?lat=1",
        "?q=Leeds&km=x",
        "?q=Leeds&km=-4",
        "?q=Leeds&km=999999999",
        "?q=Leeds&km=²",
    ],
)
def test_odd_questions_get_a_page(client: Client, db: None, query: str) -> None:
    assert client.get(f"/groups/near/{query}").status_code == 200


def test_the_date_line_is_no_wall(client: Client, db: None) -> None:
    GroupFactory(name="Taveuni", latitude=-16.8, longitude=-179.95, country_code="FJ")
    GroupFactory(name="Rabi", latitude=-16.5, longitude=179.98, country_code="FJ")
    assert names(client.get("/groups/near/?lat=-16.8&lng=179.9&km=80")) == ["Taveuni", "Rabi"]


def test_the_pole_is_a_place(client: Client, db: None) -> None:
    GroupFactory(name="Station", latitude=-89.9, longitude=120.0)
    assert names(client.get("/groups/near/?lat=-90&lng=0&km=25")) == ["Station"]
    assert Group.objects.count() == 1


@pytest.mark.parametrize("address", ["/groups/", "/groups/near/?q=Leeds"])
def test_whoever_finds_none_may_start_one(client: Client, db: None, address: str) -> None:
    assert 'href="/groups/new/"' in client.get(address).content.decode()
    GroupFactory(**LEEDS)
    assert 'href="/groups/new/"' in client.get(address).content.decode()
