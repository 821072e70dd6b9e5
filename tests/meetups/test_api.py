"""What programs read."""

import pytest
from ninja.testing import TestClient

from community.models import Group
from meetups.api import router
from tests.factories.meetups import MeetupFactory, VenueFactory


@pytest.fixture(scope="module")
def programs() -> TestClient:
    return TestClient(router)


def test_the_next_evenings_without_the_link_to_join(group: Group, programs: TestClient, now) -> None:
    meetup = MeetupFactory(
        group=group, venue=VenueFactory(group=group, name="The Fox"), online_url="https://meet.example.org/secret"
    )
    MeetupFactory()
    MeetupFactory(group=group, state="draft")
    MeetupFactory(group=group, hidden_at=now)
    response = programs.get(f"/meetups?group={group.slug}")
    assert response.status_code == 200
    assert "secret" not in response.content.decode()
    (found,) = response.json()
    assert (found["id"], found["group"], found["venue"]["name"], found["is_online"]) == (
        meetup.pk,
        group.slug,
        "The Fox",
        True,
    )


@pytest.mark.parametrize(("state", "status"), [("published", 200), ("cancelled", 200), ("draft", 404)])
def test_one_evening(group: Group, programs: TestClient, state: str, status: int) -> None:
    meetup = MeetupFactory(group=group, state=state)
    assert programs.get(f"/meetups/{meetup.pk}").status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_is_one_query(programs: TestClient, now, db, count: int, django_assert_num_queries) -> None:
    for _ in range(count):
        MeetupFactory()
    with django_assert_num_queries(1):
        assert len(programs.get("/meetups").json()) == count
