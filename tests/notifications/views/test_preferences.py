"""Choosing what to be told."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from community.models import Group, Member
from notifications.actions.notify import Message, tell
from notifications.models import Notice, Preference
from notifications.models.preference import Channel
from tests.factories.community import GroupFactory, MembershipFactory
from tests.factories.notifications import NoticeFactory, PreferenceFactory

PAGE = reverse("notifications:preferences")


def kept(member: Member) -> list[tuple[str, str, str]]:
    return sorted(Preference.objects.filter(member=member).values_list("kind", "scope", "channel"))


def filled(client: Any, url: str = PAGE, **changes: str) -> dict[str, str]:
    """The form as the page shows it, changed."""
    form = client.get(url).context["form"]
    values = {name: str(form[name].value() or "") for name in form.fields}
    return values | {key.replace("__", "."): value for key, value in changes.items()}


def test_only_what_differs_is_kept(member: Member, signed_in: Any) -> None:
    client = signed_in(member)
    client.post(PAGE, filled(client))
    assert kept(member) == []
    client.post(PAGE, filled(client, test__happened="inbox", test__quiet="mail"))
    assert kept(member) == [("test.happened", "", "inbox"), ("test.quiet", "", "mail")]
    client.post(PAGE, filled(client, test__happened="mail"))
    assert kept(member) == [("test.quiet", "", "mail")]


def test_what_is_needed_cannot_be_switched_off(member: Member, signed_in: Any) -> None:
    page = signed_in(member).get(PAGE)
    assert "test.needed" not in page.context["form"].fields
    assert "Needed things" in page.content.decode()


def test_a_group_of_ones_own(member: Member, group: Group, signed_in: Any, at: datetime) -> None:
    MembershipFactory(group=group, member=member)
    client, url = signed_in(member), f"{PAGE}?scope={group.scope}"
    client.post(url, filled(client, url, whole="none", test__quiet="mail"))
    assert kept(member) == [("", group.scope, "none"), ("test.quiet", group.scope, "mail")]
    for kind in ("test.happened", "test.quiet"):
        tell([member.pk], Message(kind, kind, "/", kind, scope=group.scope), at=at)
    assert list(Notice.objects.values_list("title", flat=True)) == ["test.quiet"]
    client.post(url, filled(client, url, whole="", test__quiet=""))
    assert kept(member) == []


def test_other_groups_are_not_there(member: Member, signed_in: Any) -> None:
    client, url = signed_in(member), f"{PAGE}?scope={GroupFactory().scope}"
    assert [client.get(url).status_code, client.post(url, {"whole": "none"}).status_code] == [404, 404]
    assert Preference.objects.count() == 0


def test_nonsense_is_refused(member: Member, signed_in: Any) -> None:
    client = signed_in(member)
    assert client.post(PAGE, filled(client, test__happened="pigeon")).status_code == 422
    assert Preference.objects.count() == 0


def test_muted_things_are_named_and_come_back(member: Member, signed_in: Any, at: datetime) -> None:
    NoticeFactory(recipient=member, subject="topic:9", title="About backups")
    NoticeFactory(subject="topic:9", title="Another member's words")
    PreferenceFactory(member=member, scope="topic:9", channel=Channel.NONE)
    client = signed_in(member)
    page = client.get(PAGE).content.decode()
    assert "About backups" in page
    assert "Another member" not in page
    client.post(reverse("notifications:unmute"), {"scope": "topic:9"})
    assert kept(member) == []
    assert tell([member.pk], Message("test.happened", "x", "/", "x", subject="topic:9"), at=at) == 1


@pytest.mark.parametrize("many", [1, 3])
def test_queries(many: int, member: Member, signed_in: Any, django_assert_num_queries: Any) -> None:
    for number in range(many):
        MembershipFactory(member=member)
        PreferenceFactory(member=member, scope=f"topic:{number}", channel=Channel.NONE)
    client = signed_in(member)
    client.get(PAGE)
    with django_assert_num_queries(5):  # member, their groups, their choices, what is muted, the bell
        client.get(PAGE)
