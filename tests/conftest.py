"""What every test may ask for."""

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from community.models import Group, Member
from config import litter
from live import hub
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory, OrganiserFactory
from tests.services import empty

pytest_plugins = ["tests.vendors", "tests.servers", "tests.kept", "tests.tidy"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser journeys last: Playwright's loop stays in this thread to the end, and no other may run beside it."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end: the collector need not look through it again and again."""
    litter.settle()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """On SQLite the run starts from a copy of an empty database, unless it is told to make one (`--create-db`)."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3") and not request.config.getvalue("create_db"):
        empty.lay(Path(database["TEST"]["NAME"]))


@pytest.fixture
def littering() -> Iterator[None]:
    """Litter is looked for as often as Python does by itself: for tests of how much memory something takes."""
    ours = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*ours)


Standing = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Standing:
    """What is made inside stands for several tests, each of which works in a copy of it that is then forgotten.

    Hand out copies (`deepcopy`) of what was made: a test may change its own.
    """

    @contextmanager
    def stand() -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return stand


@pytest.fixture
def at() -> datetime:
    """A moment, the same in every test: a Tuesday afternoon in winter."""
    return datetime(2026, 12, 1, 15, 0, tzinfo=UTC)


@pytest.fixture
def member(db: None) -> Member:
    return MemberFactory()


@pytest.fixture
def group(db: None) -> Group:
    return GroupFactory()


@pytest.fixture
def organiser(group: Group) -> Member:
    """Organises `group`."""
    return OrganiserFactory(group=group).member


@pytest.fixture
def joined(group: Group) -> Member:
    """A plain member of `group`."""
    return MembershipFactory(group=group).member


@pytest.fixture
def signed_in() -> Callable[[Member], Client]:
    """A client signed in as this member."""

    def sign_in(member: Member) -> Client:
        client = Client()
        client.force_login(member)
        return client

    return sign_in


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Every live event that left for open pages, as (stream, frame)."""
    heard: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(hub, "send", lambda stream, frame: heard.append((stream, dict(frame))))
    return heard
