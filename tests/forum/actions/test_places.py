"""Organisers arrange their places: made, changed, ordered, retired, deleted; what is narrowed is narrow at once."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from community.models import LogEntry
from community.verdicts import NotAllowed
from forum.actions import places, topics
from forum.models import Category, Topic
from forum.queries import talk_of
from notifications.actions import notify
from notifications.models import Notice
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import CategoryFactory, TalkFactory, TopicFactory

FACTS = {
    "name": "Jobs",
    "about": "Who needs a hand",
    "colour": "#3F8A4E",
    "visible_to_whom": "everyone",
    "template": "",
}


def said() -> list[tuple[str, str]]:
    return list(LogEntry.objects.order_by("pk").values_list("kind", "text"))


def test_a_place_is_made_last_in_order_and_stands_in_the_log(organiser, group, at):
    TalkFactory(group=group, position=3)
    made = places.make(actor=organiser, group=group, at=at, **FACTS)
    assert (made.slug, made.position, made.colour) == (f"{group.slug}-jobs", 4, "#3F8A4E")
    assert said() == [("forum.place_made", "Made a place to talk in: Jobs")]


def test_the_name_of_a_closed_place_is_not_in_the_public_log(organiser, group, at):
    made = places.make(actor=organiser, group=group, at=at, **{**FACTS, "visible_to_whom": "organisers"})
    places.amend(actor=organiser, place=made, at=at, **{**FACTS, "visible_to_whom": "members"})
    assert said() == [
        ("forum.place_made", "Made a place to talk in"),
        ("forum.place_audience", "Opened a place to: members of the group"),
    ]


def test_two_places_of_one_name_are_one_too_many(organiser, group, at):
    made = places.make(actor=organiser, group=group, at=at, **FACTS)
    other = TalkFactory(group=group, name="Talk")
    with pytest.raises(places.Taken):
        places.make(actor=organiser, group=group, at=at, **{**FACTS, "name": "JOBS"})
    with pytest.raises(places.Taken):
        places.amend(actor=organiser, place=other, at=at, **FACTS)
    assert places.amend(actor=organiser, place=made, at=at, **{**FACTS, "about": "New"}).about == "New"
    assert places.make(actor=MemberFactory(is_moderator=True), group=None, at=at, **FACTS).slug == "jobs"


def test_a_renamed_place_keeps_its_address(organiser, group, at):
    made = places.make(actor=organiser, group=group, at=at, **FACTS)
    renamed = places.amend(actor=organiser, place=made, at=at, **{**FACTS, "name": "Work"})
    assert (renamed.name, renamed.slug) == ("Work", made.slug)


@pytest.mark.parametrize("who", ["member", "moderator", "elsewhere", "site_moderator"])
def test_only_organisers_arrange_their_own(who, group, at):
    place = TalkFactory(group=group)
    actor = {
        "member": lambda: MembershipFactory(group=group).member,
        "moderator": lambda: MembershipFactory(group=group, role="moderator").member,
        "elsewhere": lambda: OrganiserFactory().member,
        "site_moderator": lambda: MemberFactory(is_moderator=True),
    }[who]()
    for act in (
        partial(places.make, group=group, at=at, **FACTS),
        partial(places.amend, place=place, at=at, **FACTS),
        partial(places.move, place=place, by=1),
        partial(places.retire, place=place, at=at),
        partial(places.reopen, place=place, at=at),
        partial(places.delete, place=place, at=at),
    ):
        with pytest.raises(NotAllowed):
            act(actor=actor)
    assert list(Category.objects.values_list("name", flat=True)) == ["Talk"]


def test_places_move_up_and_down_and_stop_at_the_ends(organiser, group):
    for name in "abc":
        TalkFactory(group=group, name=name)
    here = {each.name: each for each in Category.objects.all()}
    order = lambda: "".join(Category.objects.order_by("position").values_list("name", flat=True))  # noqa: E731
    places.move(actor=organiser, place=here["c"], by=-1)
    assert order() == "acb"
    places.move(actor=organiser, place=here["a"], by=-1)
    places.move(actor=organiser, place=here["a"], by=1)
    assert order() == "cab"


def test_a_retired_place_takes_nothing_new_and_can_open_again(organiser, joined, group, at):
    talk, jobs = TalkFactory(group=group), TalkFactory(group=group, name="Jobs", position=1)
    kept = TopicFactory(category=talk)
    begin = partial(topics.open, author=joined, title="Anyone?", body="x", at=at)
    for _ in range(2):
        places.retire(actor=organiser, place=talk, at=at)
    with pytest.raises(NotAllowed, match="retired"):
        begin(category=talk, client_key="1")
    assert (list(Category.objects.open_to(joined)), talk_of(group)) == ([jobs], jobs)
    assert list(Topic.objects.visible_to(joined)) == [kept]
    with pytest.raises(places.StillNeeded):
        places.retire(actor=organiser, place=jobs, at=at)
    for _ in range(2):
        places.reopen(actor=organiser, place=talk, at=at)
    assert begin(category=Category.objects.get(pk=talk.pk), client_key="2").category == talk
    assert [kind for kind, _ in said()] == ["forum.place_retired", "forum.place_reopened"]


def test_only_an_empty_place_is_deleted_and_never_the_last(organiser, group, at):
    talk = TalkFactory(group=group)
    with pytest.raises(places.StillNeeded, match="only place"):
        places.delete(actor=organiser, place=talk, at=at)
    jobs = TalkFactory(group=group, name="Jobs")
    TopicFactory(category=jobs, deleted_at=at)
    with pytest.raises(places.StillNeeded, match="Retire it"):
        places.delete(actor=organiser, place=jobs, at=at)
    places.delete(actor=organiser, place=talk, at=at)
    with pytest.raises(NotAllowed, match="gone"):
        places.delete(actor=organiser, place=talk, at=at)
    assert list(Category.objects.all()) == [jobs]


def test_a_narrowed_place_takes_its_notices_back_from_those_outside(organiser, joined, group, at):
    talk = TalkFactory(group=group)
    topic, other = TopicFactory(category=talk), TopicFactory()
    outside = MemberFactory()
    for about in (topic, other):
        notify.tell(
            [outside.pk, joined.pk],
            notify.Message("forum.replied", "The price", "/x", f"k{about.pk}", "1 pound", subject=f"topic:{about.pk}"),
            at=at,
        )
    places.amend(actor=organiser, place=talk, at=at, **{**FACTS, "visible_to_whom": "members"})
    held = set(Notice.objects.values_list("recipient", "subject"))
    assert held == {
        (joined.pk, f"topic:{topic.pk}"),
        (joined.pk, f"topic:{other.pk}"),
        (outside.pk, f"topic:{other.pk}"),
    }
    assert list(Topic.objects.visible_to(outside)) == [other]


def test_a_colour_off_the_palette_is_refused_by_the_database(db):
    with pytest.raises(IntegrityError, match="category_colour_of_palette"), transaction.atomic():
        CategoryFactory(colour="#FFFFFF")
