"""RFC 8058: one POST without cookies ends it; GET changes nothing."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from community.models import Group, Member
from notifications.actions import deliver, letters
from notifications.actions.notify import Message, tell
from notifications.models import OutgoingMail, Preference
from notifications.models.preference import Channel
from tests.factories.notifications import PreferenceFactory

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(member: Member, group: Group, at: datetime) -> str:
    """What stands in the header of a real mail."""
    tell([member.pk], Message("test.happened", "It happened", "/", "one", scope=group.scope), at=at)
    letters.write(at)
    deliver.send(at)
    return OutgoingMail.objects.get().headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")


def mails_of(member: Member, group: Group | None, at: datetime, kind: str = "test.happened") -> int:
    """How many more mails a new notice makes."""
    before = OutgoingMail.objects.count()
    key = f"{kind} {group} {at}"
    tell([member.pk], Message(kind, "Again", "/", key, scope=group.scope if group else ""), at=at)
    letters.write(at)
    return OutgoingMail.objects.count() - before


def test_one_post_without_a_cookie_ends_it(link: str, member: Member, group: Group, at: datetime) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(link, ONE_CLICK)
    assert answer.status_code == 200
    assert "Location" not in answer
    assert mails_of(member, group, at + timedelta(hours=1)) == 0
    assert mails_of(member, None, at + timedelta(hours=1)) == 1
    client.post(link, ONE_CLICK)
    assert list(Preference.objects.values_list("member", "kind", "scope", "channel")) == [
        (member.pk, "test.happened", group.scope, "inbox")
    ]


def test_looking_changes_nothing(link: str, group: Group) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(link)
    client.head(link)
    assert page.status_code == 200
    assert "Nothing has changed yet." in page.content.decode()
    assert group.name in page.content.decode()
    assert Preference.objects.count() == 0


@pytest.mark.parametrize(
    ("width", "here", "elsewhere", "other_kind"),
    [("this", 0, 1, 1), ("kind", 0, 0, 1), ("scope", 0, 1, 0), ("all", 0, 0, 0), ("nonsense", 0, 1, 1)],
)
def test_how_much_ends(
    width: str, here: int, elsewhere: int, other_kind: int, link: str, member: Member, group: Group, at: datetime
) -> None:
    PreferenceFactory(member=member, kind="test.quiet", channel=Channel.MAIL)
    Client(enforce_csrf_checks=True).post(link, {"width": width})
    assert mails_of(member, group, at) == here
    assert mails_of(member, None, at) == elsewhere
    assert mails_of(member, group, at, "test.quiet") == other_kind
    assert mails_of(member, group, at, "test.needed") == 0  # it waits a minute
    assert mails_of(member, group, at + timedelta(minutes=2), "test.needed") >= 1


def test_it_never_makes_louder(link: str, member: Member, group: Group) -> None:
    PreferenceFactory(member=member, kind="test.happened", scope=group.scope, channel=Channel.NONE)
    Client().post(link, ONE_CLICK)
    assert Preference.objects.get().channel == Channel.NONE


def test_a_forged_or_cut_link_ends_nothing(link: str, db: None) -> None:
    client = Client()
    for wrong in (link[:-5] + "/", "/unsubscribe/x/", link.replace("/unsubscribe/", "/unsubscribe/A")):
        answer = client.post(wrong, ONE_CLICK)
        assert answer.status_code == 404
        assert "This link does not work" in answer.content.decode()
    assert Preference.objects.count() == 0


def test_somebody_who_left(link: str, member: Member, at: datetime) -> None:
    member.departed_at = at
    member.save()
    assert Client().post(link, ONE_CLICK).status_code == 404
