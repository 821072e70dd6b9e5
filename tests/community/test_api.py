"""Groups over the API."""

import pytest
from django.test import Client

from tests.factories.community import GroupFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 3])
def test_groups_cost_one_query(client: Client, number: int, django_assert_num_queries: object) -> None:
    made = GroupFactory.create_batch(number)
    with django_assert_num_queries(1):
        answer = client.get("/api/v1/groups")
    assert [each["slug"] for each in answer.json()["items"]] == [group.slug for group in made]
    assert answer.json()["next"] is None


def test_an_archived_group_is_not_told(client: Client) -> None:
    hidden = GroupFactory(state="archived")
    assert client.get("/api/v1/groups").json()["items"] == []
    assert client.get(f"/api/v1/groups/{hidden.slug}").status_code == 404


def test_the_description_names_what_can_be_read(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/groups", "/api/v1/groups/{slug}"} <= set(paths)
