"""Filters leave what fits and nothing else; one that fits nothing says so; none opens what is closed."""

from datetime import UTC, datetime

import pytest

from community.models import Member
from forum import search
from forum.models import Tag, Tagging, Topic
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import (
    WRITTEN,
    CategoryFactory,
    MembersOnlyFactory,
    PollFactory,
    PostFactory,
    TalkFactory,
    TopicFactory,
)

SPRING = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


def titles(member: Member | None, words: str) -> list[str]:
    return sorted(hit.title for hit in search.find(member, search.parse(words)).hits)


@pytest.fixture
def world(group) -> dict[str, Member]:
    """Four topics that all say quokka."""
    ada = MemberFactory(handle="ada", handle_key="ada")

    def topic(title, body="One quokka", **fields):
        made = TopicFactory(posts=0, title=title, **fields)
        written = {"created_at": made.created_at}
        PostFactory(topic=made, author=made.author, number=1, body=body, **written)
        return made

    asking = topic("Quokka in the title", body="Nothing else", category=CategoryFactory(slug="security"))
    PollFactory(post=PostFactory(topic=asking, number=2, body="When do we meet?"))
    by_ada = topic("By Ada", author=ada, category=CategoryFactory(slug="tools"))
    Tagging.objects.create(topic=by_ada, tag=Tag.objects.create(name="tapes", key="tapes"), position=1)
    solved = topic("In spring", category=CategoryFactory(), created_at=SPRING)
    solved.solved_by = PostFactory(topic=solved, number=2, body="This helped")
    solved.save()
    PollFactory(post=PostFactory(topic=solved, number=3, body="A poll that is gone", deleted_at=WRITTEN))
    topic("Of the group", category=TalkFactory(group=group), closed_at=WRITTEN)
    return {"ada": ada}


EVERY = ["By Ada", "In spring", "Of the group", "Quokka in the title"]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("quokka", EVERY),
        ("in:title quokka", ["Quokka in the title"]),
        ("@ada quokka", ["By Ada"]),
        ("@Ada", ["By Ada"]),
        ("category:security quokka", ["Quokka in the title"]),
        ("category:security category:tools quokka", []),
        ("tag:tapes quokka", ["By Ada"]),
        ("tag:Tapes", ["By Ada"]),
        ("is:closed quokka", ["Of the group"]),
        ("is:open quokka", ["By Ada", "In spring", "Quokka in the title"]),
        ("is:solved quokka", ["In spring"]),
        ("has:poll quokka", ["Quokka in the title"]),
        ("has:Poll", ["Quokka in the title"]),
        ("has:poll meet", ["Quokka in the title"]),
        ("has:poll helped", []),
        ("has:poll gone", []),
        ("in:title has:poll quokka", ["Quokka in the title"]),
        ("before:2026-04-01 quokka", []),
        ("before:2026-04-02 quokka", ["In spring"]),
        ("before:2026-11 quokka", ["In spring"]),
        ("before:2027", EVERY),
        ("after:2026-04-01 quokka", EVERY),
        ("after:2026-04-02 quokka", ["By Ada", "Of the group", "Quokka in the title"]),
        ("after:2027 quokka", []),
        ("quokka -title", EVERY[:3]),
        ('quokka -"one quokka"', ["Quokka in the title"]),
        ("in:title is:open", ["By Ada", "In spring", "Quokka in the title"]),
    ],
)
def test_what_a_filter_leaves(world, words, left):
    assert titles(None, words) == left


def test_a_group_and_oneself(world, group):
    assert titles(None, f"group:{group.slug} quokka") == ["Of the group"]
    assert titles(world["ada"], "@me quokka") == ["By Ada"]
    assert titles(MemberFactory(), "@me quokka") == []


@pytest.mark.parametrize(
    ("words", "note"),
    [
        (
            "quokka group:nowhere",
            "There is no group “nowhere”. Its name stands in its address, as in group:leeds-it-providers.",
        ),
        ("quokka category:nowhere", "There is no place “nowhere” that you may read. Its name stands in its address."),
        ("quokka tag:nothing", "No topic that you may read has the tag “nothing”."),
        ("quokka @nobody", "Nobody here is called @nobody."),
        ("quokka @me", "Sign in to look for what you wrote yourself."),
        ("quokka before:yesterday", "“before:yesterday” is no date. Write 2026-03-31, 2026-03 or 2026."),
        ("quokka after:2026-02-30", "“after:2026-02-30” is no date. Write 2026-03-31, 2026-03 or 2026."),
        ("quokka after:0000", "“after:0000” is no date. Write 2026-03-31, 2026-03 or 2026."),
    ],
)
def test_a_filter_that_fits_nothing_says_so(world, words, note):
    found = search.find(None, search.parse(words))
    assert (found.hits, found.notes) == ([], (note,))


@pytest.mark.parametrize(
    "words",
    ["secret", "category:inside", "category:inside secret", "in:title secret", "@author", "before:2030", "secrte"],
)
def test_what_is_closed_stays_closed_whatever_the_filter(group, words):
    author = MembershipFactory(group=group, member__handle="author", member__handle_key="author").member
    inside = MembersOnlyFactory(group=group, slug="inside")
    secret = TopicFactory(category=inside, author=author, title="Secret plans", posts=0)
    PostFactory(topic=secret, author=author, number=1, body="The secret")
    for reader in (None, MemberFactory(), OrganiserFactory(group=GroupFactory()).member):
        found = search.find(reader, search.parse(words))
        assert (found.hits, found.meant) == ([], "")
    for reader in (author, OrganiserFactory(group=group).member, MemberFactory(is_moderator=True)):
        found = search.find(reader, search.parse(words))
        assert [hit.row.topic for hit in found.hits] == [secret.pk] or found.meant == "secret"


def test_a_typo_finds_the_word_that_was_meant(db, django_assert_max_num_queries):
    TopicFactory(title="Backup tapes and firewalls")
    for typed, meant in [
        ("bcakup", "backup"),
        ("firewals", "firewalls"),
        ("bcakup firewals", "backup firewalls"),
        ("zzyzx", ""),
    ]:
        with django_assert_max_num_queries(4):
            assert search.find(None, search.parse(typed)).meant == meant


def test_pages_follow_one_another_and_end(db):
    made = [TopicFactory(title=f"Quokka {n}") for n in range(5)]
    asked = search.parse("quokka")
    pages = [search.find(None, asked, limit=2, skip=skip) for skip in (0, 2, 4, 6)]
    assert [len(page.hits) for page in pages] == [2, 2, 1, 0]
    assert [page.has_more for page in pages] == [True, True, False, False]
    assert {hit.row.topic for page in pages for hit in page.hits} == {each.pk for each in made}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("@bo -tape", ["Marsupials"]),
        ('@bo -"green tape"', ["Marsupials", "Only tape"]),
        ("@bo -tape -quokka", []),
        ("in:title is:open -marsupials", ["Only tape"]),
    ],
)
def test_words_are_left_out_where_only_filters_look(db, words, left):
    bo = MemberFactory(handle="bo", handle_key="bo")
    for title, body in (("Only tape", "Tapes, all of it"), ("Marsupials", "A quokka")):
        TopicFactory(posts=0, title=title, author=bo)
        made = Topic.objects.get(title=title)
        PostFactory(topic=made, author=bo, number=1, body=body, created_at=made.created_at)
    assert titles(None, words) == left
