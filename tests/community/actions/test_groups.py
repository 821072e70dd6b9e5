"""A group begins, lights its tabs, changes its facts."""

from datetime import datetime

import pytest

from community import registry
from community.actions import groups
from community.models import Group, LogEntry, Member, Membership, Sanction
from community.places import Place
from community.verdicts import NotAllowed
from tests.factories.community import GroupFactory

LEEDS = Place("Leeds", "England", "GB", 53.79648, -1.54785, 455123)


def begin(founder: Member, at: datetime, name: str = "Leeds IT Circle", place: Place | None = LEEDS, **more) -> Group:
    facts = {"about": "", "topic": "Cash flow", "time_zone": "Europe/London"} | more
    return groups.found(founder=founder, name=name, place=place, at=at, **facts)


def test_the_founder_is_the_first_organiser(member: Member, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    names = ("founded", "joined", "role_changed")
    monkeypatch.setattr(registry, "_listeners", {name: [lambda _n=name, **facts: heard.append(_n)] for name in names})
    group = begin(member, at)
    assert (group.slug, group.place_name, group.country_code, group.latitude) == (
        "leeds-it-circle",
        "Leeds",
        "GB",
        53.79648,
    )
    assert (group.state, group.member_count, group.tabs) == ("active", 1, [])
    assert Membership.objects.live().get(group=group).role == "organiser"
    assert list(LogEntry.objects.values_list("kind", "actor")) == [("group.founded", member.pk)]
    assert heard == ["founded", "joined", "role_changed"]


@pytest.mark.parametrize(
    ("name", "place", "slug"),
    [
        ("Near", LEEDS, "near-group"),
        ("東京の会", Place("Tokyo", "Tokyo", "JP", 35.7, 139.7), "group-tokyo"),
        ("東京の会", None, "group"),
        ("2026", LEEDS, "group-leeds-2026"),
        ("Zürich & Umgebung", LEEDS, "zurich-umgebung"),
        ("x" * 120, LEEDS, "x" * 80),
    ],
)
def test_every_name_finds_an_address(member: Member, at: datetime, name: str, place: Place, slug: str) -> None:
    assert begin(member, at, name, place).slug == slug


def test_two_groups_of_one_name_get_two_addresses(member: Member, at: datetime) -> None:
    assert [begin(member, at).slug for _ in range(3)] == ["leeds-it-circle", "leeds-it-circle-2", "leeds-it-circle-3"]


def test_a_long_name_leaves_room_for_its_number(member: Member, at: datetime) -> None:
    begin(member, at, "x" * 120)
    assert begin(member, at, "x" * 120).slug == "x" * 78 + "-2"


def test_a_tab_is_lit_once_and_then_costs_nothing(group: Group, django_assert_num_queries) -> None:
    groups.light_tab(group, "chat")
    with django_assert_num_queries(0):
        groups.light_tab(group, "chat")
    stale = Group(pk=group.pk, tabs=[])
    groups.light_tab(stale, "chat")
    groups.light_tab(stale, "sponsors")
    group.refresh_from_db()
    assert group.tabs == ["chat", "sponsors"]


def test_amending_writes_what_changed_and_says_so(group: Group, organiser: Member, at: datetime) -> None:
    groups.amend(actor=organiser, group=group, at=at, topic="Hiring", name=group.name, place=LEEDS)
    group.refresh_from_db()
    assert (group.topic, group.latitude) == ("Hiring", 53.79648)
    assert list(LogEntry.objects.values_list("kind", "text")) == [("group.amended", "Changed shared problem.")]


def test_amending_nothing_writes_nothing(group: Group, organiser: Member, at: datetime) -> None:
    groups.amend(actor=organiser, group=group, at=at, name=group.name)
    assert LogEntry.objects.count() == 0


def test_a_plain_member_may_not_amend(group: Group, joined: Member, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        groups.amend(actor=joined, group=group, at=at, name="Mine now")
    assert Group.objects.get().name == group.name


def test_what_is_no_fact_of_a_group_cannot_be_amended(group: Group, organiser: Member, at: datetime) -> None:
    with pytest.raises(TypeError, match="member_count"):
        groups.amend(actor=organiser, group=group, at=at, member_count=900)


def test_the_words_that_addresses_need_stay_free(db: None) -> None:
    assert groups.slug_for("Claims") != "claims"
    assert GroupFactory(slug=groups.slug_for("New")).slug == "new-group"


def test_someone_silenced_on_the_whole_site_does_not_begin_a_group(member: Member, at: datetime) -> None:
    Sanction.objects.create(member=member, kind="silence", reason="Shouting.", starts_at=at)
    with pytest.raises(NotAllowed, match="Shouting"):
        begin(member, at)
    assert Group.objects.count() == 0
