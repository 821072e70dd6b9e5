"""Who may open, reply, edit, remove, close, pin: one table, every kind of person."""

from datetime import timedelta

import pytest

from community.models import Sanction
from forum.policies.changing import EDIT_WINDOWS
from forum.policies.keeping import may_close, may_pin
from forum.policies.standing import standing_of
from forum.policies.writing import may_edit, may_open, may_remove, may_reply
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import WRITTEN, CategoryFactory, TalkFactory, TopicFactory

WINDOW = EDIT_WINDOWS[0]

PEOPLE = {
    # who: (open and reply in a group, on the site, close and pin in the group, on the site)
    "visitor": (False, False, False, False),
    "stranger": (False, True, False, False),
    "member": (True, True, False, False),
    "left": (False, True, False, False),
    "moderator": (True, True, True, False),
    "organiser": (True, True, True, False),
    "organiser_elsewhere": (False, True, False, False),
    "site_moderator": (True, True, True, True),
    "silenced_here": (False, True, False, False),
    "suspended_here": (False, True, False, False),
    "warned_here": (True, True, False, False),
    "silenced_everywhere": (False, False, False, False),
    "departed": (False, False, False, False),
}


def person(who, group, at):
    made = {
        "visitor": lambda: None,
        "stranger": MemberFactory,
        "site_moderator": lambda: MemberFactory(is_moderator=True),
        "organiser_elsewhere": lambda: OrganiserFactory().member,
        "left": lambda: MembershipFactory(group=group, ends_on=at.date()).member,
        "moderator": lambda: MembershipFactory(group=group, role="moderator").member,
        "organiser": lambda: OrganiserFactory(group=group).member,
        "departed": lambda: MembershipFactory(group=group, member__departed_at=at).member,
    }
    if who == "member":
        return MembershipFactory(group=group).member
    if who in made:
        return made[who]()
    member = MembershipFactory(group=group).member
    kind, _, where = who.partition("_")
    kinds = {"silenced": "silence", "suspended": "suspend", "warned": "warn"}
    place = group if where == "here" else None
    Sanction.objects.create(member=member, group=place, kind=kinds[kind], reason="x", starts_at=at)
    return member


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_do_what_where(who, group, at, django_assert_max_num_queries):
    here, site, governs_here, governs_site = PEOPLE[who]
    member = person(who, group, at)
    talk, general = TopicFactory(category=TalkFactory(group=group)), TopicFactory(category=CategoryFactory())
    with django_assert_max_num_queries(2):
        in_group = standing_of(member, group, at)
    on_site = standing_of(member, None, at)
    asked = {
        "open here": may_open(in_group),
        "reply here": may_reply(in_group, talk),
        "open on the site": may_open(on_site),
        "reply on the site": may_reply(on_site, general),
        "close here": may_close(in_group),
        "pin here": may_pin(in_group),
        "close on the site": may_close(on_site),
        "pin on the site": may_pin(on_site),
    }
    expected = [here, here, site, site, governs_here, governs_here, governs_site, governs_site]
    assert {name: bool(verdict) for name, verdict in asked.items()} == dict(zip(asked, expected, strict=True))
    assert all(verdict.reason for verdict in asked.values() if not verdict)


@pytest.mark.parametrize("state", ["closed_at", "hidden_at", "deleted_at"])
def test_nobody_replies_to_what_is_closed_or_gone(db, state, at):
    topic = TopicFactory(**{state: at})
    assert not may_reply(standing_of(MemberFactory(is_moderator=True), None, at), topic)


@pytest.mark.parametrize(
    ("whose", "change", "age", "edit", "remove"),
    [
        ("own", {}, timedelta(0), True, True),
        ("own", {}, WINDOW, True, True),
        ("own", {}, WINDOW + timedelta(seconds=1), False, True),
        ("own", {"hidden_at": WRITTEN}, timedelta(0), False, True),
        ("other", {}, timedelta(0), False, False),
        ("moderator", {}, timedelta(0), False, False),
    ],
)
def test_who_may_change_a_post(db, whose, change, age, edit, remove):
    topic = TopicFactory()
    post = topic.posts.get()
    for name, value in change.items():
        setattr(post, name, value)
    who = {"own": topic.author, "other": MemberFactory(), "moderator": MemberFactory(is_moderator=True)}[whose]
    at = WRITTEN + age
    standing = standing_of(who, None, at)
    assert (bool(may_edit(standing, post, at)), bool(may_remove(standing, post, topic))) == (edit, remove)


def test_the_silenced_may_take_back_but_not_change(db, at):
    topic = TopicFactory()
    Sanction.objects.create(member=topic.author, kind="silence", reason="x", starts_at=WRITTEN)
    standing = standing_of(topic.author, None, at)
    post = topic.posts.get()
    assert not may_edit(standing, post, at)
    assert may_remove(standing, post, topic)
