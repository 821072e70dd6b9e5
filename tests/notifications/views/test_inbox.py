"""A member's inbox, and nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.models import Member
from notifications.models import Notice, Preference
from tests.factories.community import BEGAN, MemberFactory
from tests.factories.notifications import NoticeFactory

INBOX = reverse("notifications:inbox")


def url(name: str, row: Notice) -> str:
    return reverse(f"notifications:{name}", args=[row.pk])


def test_grouped_by_thing_the_latest_first(member: Member, signed_in: Any) -> None:
    NoticeFactory(recipient=member, subject="topic:1", title="Ann answered")
    NoticeFactory(recipient=member, subject="topic:2", title="Bob answered", read_at=BEGAN)
    NoticeFactory(recipient=member, subject="topic:1", title="Cem answered")
    NoticeFactory(recipient=member, subject="", title="Alone one")
    NoticeFactory(recipient=member, subject="", title="Alone two")
    NoticeFactory(title="Somebody else's")
    page = signed_in(member).get(INBOX)
    things = [(each.newest.title, each.count, each.unread, len(each.notices)) for each in page.context["things"]]
    assert things == [
        ("Alone two", 1, 1, 1),
        ("Alone one", 1, 1, 1),
        ("Cem answered", 2, 2, 2),
        ("Bob answered", 1, 0, 1),
    ]
    text = page.content.decode()
    assert text.count('<li class="is-new">') == 3
    assert "1 earlier" in text
    assert "Somebody else" not in text


def test_empty(member: Member, signed_in: Any) -> None:
    NoticeFactory()
    page = signed_in(member).get(INBOX)
    assert (page.status_code, "Nothing yet." in page.content.decode()) == (200, True)


def test_opening_leads_there_and_is_read(member: Member, signed_in: Any) -> None:
    _earlier, opened = NoticeFactory.create_batch(2, recipient=member, subject="topic:1", mail_due_at=BEGAN)
    later = NoticeFactory(recipient=member, subject="topic:1")
    other = NoticeFactory(recipient=member, subject="topic:2")
    theirs = NoticeFactory(subject="topic:1")
    answer = signed_in(member).get(url("inbox-open", opened))
    assert (answer.status_code, answer["Location"]) == (302, "/things/1/")
    unread = set(Notice.objects.filter(read_at=None).values_list("pk", flat=True))
    assert unread == {later.pk, other.pk, theirs.pk}
    assert not Notice.objects.due_by_mail(BEGAN + timedelta(days=900)).exists()


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_never_leads_away(where: str, member: Member, signed_in: Any) -> None:
    notice = NoticeFactory(recipient=member, url=where)
    assert signed_in(member).get(url("inbox-open", notice))["Location"] == INBOX


def test_other_peoples_are_not_there(member: Member, signed_in: Any) -> None:
    theirs = NoticeFactory()
    client = signed_in(member)
    assert client.get(url("inbox-open", theirs)).status_code == 404
    assert client.post(url("inbox-mute", theirs)).status_code == 404
    client.post(reverse("notifications:inbox-read"))
    assert (Notice.objects.filter(read_at=None).count(), Preference.objects.count()) == (1, 0)


def test_all_read(member: Member, signed_in: Any, said: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    NoticeFactory.create_batch(3, recipient=member)
    client = signed_in(member)
    assert "Mark all as read" in client.get(INBOX).content.decode()
    assert client.get(reverse("notifications:inbox-read")).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("notifications:inbox-read"))
    stream = f"inbox:{member.pk}"
    assert said == [(stream, {"type": "notice.read", "stream": stream, "seq": None, "unread": 0})]
    assert "Mark all as read" not in client.get(INBOX).content.decode()


@pytest.mark.parametrize(
    ("subject", "kind", "scope", "muted"),
    [
        ("topic:1", "test.happened", "group:7", ("", "topic:1")),
        ("", "test.happened", "group:7", ("test.happened", "group:7")),
    ],
)
def test_mute_this(subject: str, kind: str, scope: str, muted: Any, member: Member, signed_in: Any) -> None:
    notice = NoticeFactory(recipient=member, subject=subject, kind=kind, scope=scope)
    signed_in(member).post(url("inbox-mute", notice))
    assert list(Preference.objects.values_list("member", "kind", "scope", "channel")) == [(member.pk, *muted, "none")]
    assert not Notice.objects.filter(read_at=None).exists()


def test_the_bell_counts_ones_own(member: Member, signed_in: Any) -> None:
    NoticeFactory.create_batch(2, recipient=member)
    NoticeFactory(recipient=member, read_at=BEGAN)
    NoticeFactory.create_batch(3, recipient=MemberFactory())
    page = signed_in(member).get(reverse("notifications:preferences")).content.decode()
    assert f'data-inbox="{member.pk}">2</span>' in page


@pytest.mark.parametrize("name", ["inbox", "preferences"])
def test_visitors_sign_in_first(name: str, db: None) -> None:
    answer = Client().get(reverse(f"notifications:{name}"))
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("many", [1, 3])
def test_queries(many: int, member: Member, signed_in: Any, django_assert_num_queries: Any) -> None:
    for number in range(many):
        NoticeFactory.create_batch(many, recipient=member, subject=f"topic:{number}")
    client = signed_in(member)
    client.get(INBOX)
    with django_assert_num_queries(5):  # member; how many things, which, what was said about them; the bell
        client.get(INBOX)
