"""Stopping a member, and letting them back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from community.actions import sanctions
from community.models import Group, LogEntry, Member, Sanction
from community.policies.sanctions import may_write
from community.queries import sanctions as queries
from community.verdicts import NotAllowed
from notifications.models import Notice
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory

DAY = timedelta(days=1)


def impose(actor: Member, member: Member, group: Group | None, at: datetime, **facts: Any) -> Sanction:
    given = {"kind": "silence", "reason": "Shouting.", "ends_at": at + DAY} | facts
    return sanctions.impose(actor=actor, member=member, group=group, at=at, **given)


def test_a_silence_holds_here_and_ends(organiser: Member, joined: Member, group: Group, at: datetime) -> None:
    impose(organiser, joined, group, at)
    assert [bool(may_write(joined, group, at + each)) for each in (DAY - timedelta(seconds=1), DAY)] == [False, True]
    assert may_write(joined, GroupFactory(), at)
    notice = Notice.objects.get(recipient=joined)
    assert notice.title == f"You can read, not write in {group.name} until Wednesday 2 December, 15:00"
    assert (notice.excerpt, notice.actor) == ("Shouting.", None)
    assert list(LogEntry.objects.values_list("group", "actor", "data")) == [(group.pk, None, {})]


@pytest.mark.parametrize(
    ("kind", "everywhere", "frame"),
    [("silence", False, "rights.changed"), ("suspend", False, "rights.changed"), ("suspend", True, "session.ended")],
)
def test_open_pages_hear_of_it(
    kind: str,
    everywhere: bool,
    frame: str,
    joined: Member,
    group: Group,
    at: datetime,
    said: list[tuple[str, dict[str, Any]]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        impose(MemberFactory(is_moderator=True), joined, None if everywhere else group, at, kind=kind)
    assert [each["type"] for stream, each in said if stream == f"member:{joined.pk}"] == [frame]


def test_letting_back(organiser: Member, joined: Member, group: Group, at: datetime) -> None:
    sanction = impose(organiser, joined, group, at)
    for _ in range(2):
        sanctions.lift(actor=organiser, sanction=sanction, at=at)
    assert may_write(joined, group, at)
    titles = Notice.objects.filter(recipient=joined).order_by("pk").values_list("title", flat=True)
    assert titles[1] == f"You can take part in {group.name} again"
    assert len(titles) == 2


def test_nobody_outside_may(organiser: Member, joined: Member, group: Group, at: datetime) -> None:
    elsewhere = MembershipFactory(role="organiser").member
    second = MembershipFactory(group=group, role="moderator").member
    refused = [
        (elsewhere, joined, group),
        (organiser, joined, None),
        (organiser, second, group),
        (organiser, organiser, group),
        (joined, organiser, group),
    ]
    for actor, member, where in refused:
        with pytest.raises(NotAllowed):
            impose(actor, member, where, at)
    assert Sanction.objects.count() == 0


def test_who_gets_no_mail(joined: Member, group: Group, at: datetime) -> None:
    site, silenced, past = MemberFactory(is_moderator=True), MemberFactory(), MemberFactory()
    impose(site, joined, None, at, kind="suspend")
    impose(site, silenced, None, at)
    impose(site, past, None, at - 2 * DAY, kind="suspend", ends_at=at - DAY)
    assert queries.suspended([joined.pk, silenced.pk, past.pk, site.pk], at) == {joined.pk}
