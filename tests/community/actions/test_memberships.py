"""Coming and going keep the count, the periods and the news straight."""

from datetime import date, datetime, timedelta

import pytest

from community import registry
from community.actions import memberships
from community.models import Block, Group, LogEntry, Member, Membership, Sanction
from community.verdicts import NotAllowed
from notifications.models import Notice
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory, OrganiserFactory


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict]]:
    """What was announced, in order."""
    heard: list[tuple[str, dict]] = []
    listeners = {
        name: [lambda _name=name, **facts: heard.append((_name, facts))]
        for name in ("founded", "joined", "left", "departed", "role_changed")
    }
    monkeypatch.setattr(registry, "_listeners", listeners)
    return heard


def rows(group: Group, member: Member) -> list[tuple]:
    places = Membership.objects.filter(group=group, member=member).order_by("id")
    return list(places.values_list("role", "starts_on", "ends_on"))


def test_joining_opens_a_row_counts_it_and_tells_organisers_in_their_inbox(
    group: Group, organiser: Member, member: Member, at: datetime, events: list
) -> None:
    place = memberships.join(member=member, group=group, at=at)
    group.refresh_from_db()
    assert (group.member_count, place.joined_at) == (1, at)
    assert rows(group, member) == [("member", date(2026, 12, 1), None)]
    assert events == [("joined", {"group": group, "member": member, "at": at})]
    told = Notice.objects.values_list("recipient", "kind", "mail_due_at")
    assert list(told) == [(organiser.pk, "community.joined", None)]


def test_joining_twice_is_joining_once(group: Group, member: Member, at: datetime, events: list) -> None:
    first = memberships.join(member=member, group=group, at=at)
    assert memberships.join(member=member, group=group, at=at + timedelta(days=1)) == first
    group.refresh_from_db()
    assert (group.member_count, len(events)) == (1, 1)


def test_an_organiser_who_blocked_the_newcomer_is_not_told(
    group: Group, organiser: Member, member: Member, at: datetime
) -> None:
    Block.objects.create(member=organiser, blocked=member, created_at=at)
    memberships.join(member=member, group=group, at=at)
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "reason"), [(Group.State.LISTED, "meets elsewhere"), (Group.State.ARCHIVED, "has closed")]
)
def test_a_listing_or_a_closed_group_has_no_places(member: Member, at: datetime, state: str, reason: str) -> None:
    with pytest.raises(NotAllowed, match=reason):
        memberships.join(member=member, group=GroupFactory(state=state), at=at)
    assert Membership.objects.count() == 0


def test_someone_suspended_here_may_not_join_but_may_elsewhere(group: Group, member: Member, at: datetime) -> None:
    Sanction.objects.create(member=member, group=group, kind="suspend", reason="Shouting.", starts_at=at)
    with pytest.raises(NotAllowed, match="Shouting"):
        memberships.join(member=member, group=group, at=at)
    assert memberships.join(member=member, group=GroupFactory(), at=at).role == "member"


def test_leaving_ends_the_row_and_coming_back_remembers_the_first_day(
    group: Group, member: Member, at: datetime, events: list
) -> None:
    memberships.join(member=member, group=group, at=at)
    memberships.leave(member=member, group=group, at=at + timedelta(days=2))
    memberships.leave(member=member, group=group, at=at + timedelta(days=3))
    again = memberships.join(member=member, group=group, at=at + timedelta(days=9))
    group.refresh_from_db()
    assert rows(group, member) == [
        ("member", date(2026, 12, 1), date(2026, 12, 3)),
        ("member", date(2026, 12, 10), None),
    ]
    assert (group.member_count, again.joined_at) == (1, at)
    assert [name for name, _ in events] == ["joined", "left", "joined"]


def test_the_last_organiser_may_leave_and_the_group_is_asked_for_another(
    group: Group, organiser: Member, joined: Member, at: datetime
) -> None:
    site = MemberFactory(is_moderator=True)
    memberships.leave(member=organiser, group=group, at=at)
    assert list(LogEntry.objects.values_list("kind", flat=True)) == ["organiser.wanted"]
    told = Notice.objects.filter(kind="community.organiser_wanted").values_list("recipient", flat=True)
    assert sorted(told) == sorted([joined.pk, site.pk])


def test_one_of_two_organisers_leaves_quietly(group: Group, organiser: Member, at: datetime) -> None:
    OrganiserFactory(group=group)
    memberships.leave(member=organiser, group=group, at=at)
    assert (LogEntry.objects.count(), Notice.objects.count()) == (0, 0)


def test_a_count_that_was_wrong_never_falls_below_nothing(db: None, at: datetime) -> None:
    place = MembershipFactory()
    memberships.leave(member=place.member, group=place.group, at=at)
    place.group.refresh_from_db()
    assert place.group.member_count == 0
