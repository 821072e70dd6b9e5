"""The table of permissions is complete, and true."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house import world as worlds
from tests.house.permissions import ROLES, ROUTES

# Wagtail's own: pages are public by their state (tried in tests/cms), the rest is closed or led to our sign-in.
OF_WAGTAIL = {
    "wagtail_serve",
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
    "wagtaildocs_authenticate_with_password",
    "wagtaildocs_serve",
}


def names(patterns: list[Any], space: str = "", route: str = "") -> Iterator[tuple[str, str]]:
    for each in patterns:
        where = route + str(each.pattern)
        if isinstance(each, URLPattern):
            yield f"{space}{each.name or where}", where
        elif isinstance(each, URLResolver):
            yield from names(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space, where)


def test_every_route_stands_in_the_table() -> None:
    there = {name for name, where in names(get_resolver().url_patterns) if not where.startswith("cms/")}
    assert there - OF_WAGTAIL == set(ROUTES)


@pytest.fixture
def world(db: None) -> Iterator[worlds.World]:
    with time_machine.travel(worlds.AT, tick=False):
        yield worlds.build()


def ask(world: worlds.World, client: Client, name: str) -> str:
    """The status of a route, without a trace: what it wrote is rolled back."""
    method, spoken, _ = ROUTES[name]
    words = {key: value[1:] if value.startswith("=") else world.words[value] for key, value in spoken.items()}
    client.raise_request_exception = False
    mark = transaction.savepoint()
    try:
        return str(getattr(client, method.lower())(reverse(name, kwargs=words)).status_code)
    finally:
        transaction.savepoint_rollback(mark)


def test_everyone_gets_the_answer_of_the_table(world: worlds.World) -> None:
    clients = {role: world.client(role) for role in ROLES}
    got = {name: " ".join(ask(world, clients[role], name) for role in ROLES) for name in ROUTES}
    assert got == {name: answers for name, (_, _, answers) in ROUTES.items()}


def test_nobody_but_editors_enters_the_back_office(world: worlds.World) -> None:
    inside = [(name, where) for name, where in names(get_resolver().url_patterns) if where.startswith("cms/")]
    addresses = sorted({f"/{where}" for _, where in inside if "<" not in where and "(" not in where})
    assert len(addresses) > 50
    let_in = []
    for role in ROLES:
        client = world.client(role)
        client.raise_request_exception = False
        for address in addresses if role in {"visitor", "vendor", "organiser"} else addresses[:5]:
            status = client.get(address).status_code
            if status == 200 and role != "editor" and not address.startswith(OPEN_IN_CMS):
                let_in.append((role, address))
    assert let_in == []
    assert world.client("editor").get("/cms/").status_code == 200


# Translations of the back office's own words: they say nothing of this site.
OPEN_IN_CMS = ("/cms/jsi18n/", "/cms/sprite/")
