"""What comes in: threads, dates and authors as they were, once, and nobody is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from community import registry
from community.actions.departure import depart
from community.models import Member
from forum.actions import claiming, posts, topics
from forum.actions.importing import Import
from forum.actions.recount import recount
from forum.actions.said import Problem, Said
from forum.models import Imported, Post, StandIn, Topic
from notifications.models import Notice, OutgoingMail
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory

THEN = datetime(2015, 6, 1, 9, 0, tzinfo=UTC)
ONE = Said("1", (), "Ada Byte", "ada@x.example", "Which tapes?", "Tell *me*, @bo.", THEN)
TWO = Said("2", ("1",), "Bo", "bo@x.example", "Which tapes?", "LTO.", THEN + timedelta(days=1))
THREE = Said("3", ("2", "1"), "Ada Byte", "ada@x.example", "Which tapes?", "Why?", THEN + timedelta(days=2))


@pytest.fixture
def category():
    return CategoryFactory(slug="past")


def bring(category, *things, at, **more):
    work = Import(source="list", category=category, at=at, **more)
    for _ in work.bring(things):
        pass
    return work.outcome


def prove(address: str, member: Member) -> None:
    EmailAddress.objects.create(user=member, email=address, verified=True)


def test_a_thread_comes_in_as_it_was_and_nobody_is_told(category, at, said):
    bo = MemberFactory(handle="bo", handle_key="bo", display_name="Bo of today")
    prove("bo@x.example", bo)
    outcome = bring(category, ONE, TWO, THREE, at=at)
    assert (outcome.topics, outcome.posts, outcome.same, outcome.problems) == (1, 3, 0, [])
    topic = Topic.objects.get()
    assert (topic.title, topic.created_at, topic.last_posted_at, topic.post_count) == (
        "Which tapes?",
        THEN,
        THREE.at,
        3,
    )
    rows = list(
        Post.objects.order_by("number").values_list("number", "author__display_name", "answers__number", "created_at")
    )
    assert rows == [
        (1, "Ada Byte", None, ONE.at),
        (2, "Bo of today", None, TWO.at),
        (3, "Ada Byte", 2, THREE.at),
    ]
    assert "<em>me</em>" in topic.posts.get(number=1).body_html
    assert recount(repair=False) == []
    assert (Notice.objects.count(), OutgoingMail.objects.count(), said) == (0, 0, [])


def test_coming_again_changes_nothing_and_a_longer_past_goes_on(category, at):
    bring(category, ONE, TWO, at=at)
    before = list(Post.objects.values_list("pk", "number"))
    outcome = bring(category, ONE, TWO, THREE, at=at)
    assert (outcome.topics, outcome.posts, outcome.same) == (0, 1, 2)
    assert list(Post.objects.order_by("pk").values_list("pk", "number"))[:2] == before
    assert Topic.objects.get().post_count == 3
    other = Import(source="another list", category=category, at=at)
    assert len(list(other.bring([ONE]))) == 1
    assert Topic.objects.count() == 2


def test_a_dry_run_says_the_same_and_writes_nothing(category, at):
    members, things = Member.objects.count(), (ONE, TWO, THREE, THREE, Problem("x", "y"))
    dry = bring(category, *things, at=at, dry_run=True)
    assert (Topic.objects.count(), StandIn.objects.count(), Member.objects.count()) == (0, 0, members)
    assert dry == bring(category, *things, at=at)
    assert (dry.topics, dry.posts, dry.same, len(dry.stand_ins), len(dry.problems)) == (1, 3, 1, 2, 1)


def test_an_address_that_is_not_proved_is_not_believed(category, at):
    squatter = MemberFactory(email="ada@x.example")
    EmailAddress.objects.create(user=squatter, email="ada@x.example", verified=False)
    bring(category, ONE, at=at)
    author = Post.objects.get().author
    assert author != squatter
    assert (author.is_active, author.has_usable_password(), author in Member.objects.present()) == (False, False, False)
    assert author.email.endswith("@imported.invalid")


def test_a_stand_in_hears_nothing_of_answers(category, at, member):
    bring(category, ONE, TWO, at=at)
    topic = Topic.objects.get()
    posts.reply(author=member, topic=topic, body="Late", answers=topic.posts.get(number=2), client_key="k", at=at)
    assert Notice.objects.count() == 0


def test_whoever_proves_an_address_takes_over_what_it_wrote(category, at):
    bring(category, ONE, TWO, THREE, at=at)
    assert claiming.claim(at) == 0
    ada = MemberFactory()
    prove("ada@x.example", ada)
    assert claiming.claim(at) == 1
    assert list(Post.objects.order_by("number").values_list("author", flat=True))[::2] == [ada.pk, ada.pk]
    topic = Topic.objects.get()
    assert (topic.author, topic.last_author) == (ada, ada)
    assert [stood.address for stood in StandIn.objects.all()] == ["bo@x.example"]
    assert Member.objects.filter(display_name="Ada Byte").count() == 0
    assert claiming.claim(at) == 0
    assert bring(category, ONE, TWO, THREE, at=at).same == 3


def test_a_members_download_says_which_posts_came_from_elsewhere(category, at):
    ada = MemberFactory()
    prove("ada@x.example", ada)
    bring(category, ONE, TWO, THREE, at=at)
    rows = list(registry.exports(ada)["forum-imported"])
    assert [(row["source"], row["key"]) for row in rows] == [("list", "1"), ("list", "3")]
    assert rows[0]["address"] == Post.objects.get(number=1).get_absolute_url()


def test_who_leaves_for_good_does_not_come_back_with_the_next_import(category, at):
    ada = MemberFactory()
    prove("ada@x.example", ada)
    bring(category, ONE, TWO, at=at)
    depart(member=ada, at=at)
    assert bring(category, ONE, TWO, at=at).same == 2
    assert not StandIn.objects.filter(address="ada@x.example").exists()


def test_a_stand_in_has_a_name_and_no_page(client, category, at):
    bring(category, ONE, at=at)
    page = client.get(Topic.objects.get().get_absolute_url()).content.decode()
    assert "Ada Byte" in page
    assert "/members/imported-" not in page
    assert client.get(f"/members/{Post.objects.get().author.handle}/").status_code == 404


def test_what_cannot_be_taken_is_said_and_the_rest_comes(category, at):
    outcome = bring(category, replace(ONE, key="x" * 300), replace(TWO, parents=(), body="y" * 70_000), THREE, at=at)
    assert outcome.posts == 1
    assert [problem.where for problem in outcome.problems] == ["x" * 60, "2"]


def test_answers_to_what_was_taken_down_stay_away(category, at):
    bring(category, ONE, at=at)
    topics.hide(topic_id=Topic.objects.get().pk, at=at)
    outcome = bring(category, TWO, at=at)
    assert [str(problem) for problem in outcome.problems] == ["2: its topic was taken down here"]
    assert (Imported.objects.count(), recount(repair=False)) == (1, [])
