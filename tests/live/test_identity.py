"""Whose socket it is: many sessions in one question, and each judged by itself."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.models import Member
from live import identity
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


def session_of(member):
    client = Client()
    client.force_login(member)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def visit():
    """A session that nobody signed in to."""
    session = Client().session
    session["seen"] = 1
    session.save()
    return session.session_key


@pytest.mark.parametrize("count", [1, 3])
def test_a_crowd_is_one_question_and_one_more_where_the_cache_forgot(count):
    members = MemberFactory.create_batch(count)
    keys = {session_of(member): member for member in members}
    for queries in (1, 2):
        with CaptureQueriesContext(connection) as asked:
            assert identity.members_of(keys.keys()) == keys
        assert len(asked) == queries
        cache.clear()


def test_what_does_not_stand_is_nobodys():
    member, other, closed, gone = MemberFactory.create_batch(4)
    keys = {name: session_of(who) for name, who in [("ended", member), ("closed", closed), ("gone", gone)]}
    keys |= {"new password": session_of(other), "fine": session_of(member), "visit": visit(), "never": "a" * 32}
    other.set_password("quite another")
    other.save()
    Member.objects.filter(pk=closed.pk).update(is_active=False)
    Member.objects.filter(pk=gone.pk).delete()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = keys["ended"]
    client.logout()
    for _ in range(2):
        assert identity.members_of(keys.values()) == {keys["fine"]: member}
        cache.clear()


def test_a_session_signed_with_the_secret_before_this_one_stands(settings):
    member = MemberFactory()
    key = session_of(member)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a-new-one"
    assert identity.members_of([key]) == {key: member}
    settings.SECRET_KEY_FALLBACKS = []
    assert identity.members_of([key]) == {}


@pytest.mark.parametrize(
    ("cookie", "key"),
    [
        ("session=abcdefgh12345678; csrf=x", "abcdefgh12345678"),
        ("csrf=x", None),
        ("session=short", None),
        ("session=" + "a" * 41, None),
        ("session=abcdefgh\x00\x01*;", None),
        ("", None),
    ],
)
def test_only_what_can_be_a_key_is_asked_for(cookie, key):
    assert identity.session_key([(b"host", b"x"), (b"cookie", cookie.encode("latin-1"))]) == key
    assert identity.session_key([(b"host", b"x")]) is None
