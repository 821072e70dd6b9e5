"""Imported words lead to the posts they quote, and call nobody but whom they meant."""

from dataclasses import replace

import pytest

from forum.actions.referring import Called, Quoted
from forum.models import Poll, Post, Topic
from notifications.models import Notice
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory
from tests.forum.actions.test_importing import ONE, TWO, bring, prove

QUOTED, ELSEWHERE = Quoted("1", "Ada_B"), Quoted("77", "Ada_B")
CALLED = Called("bo", "bo@x.example")


@pytest.fixture
def category():
    return CategoryFactory(slug="past")


def test_a_quote_leads_back_to_what_is_here_and_else_says_the_name(category, at):
    body = f"> {QUOTED.mark} wrote:\n>\n> a\n\n> {ELSEWHERE.mark} wrote:\n>\n> b"
    bring(category, ONE, replace(TWO, body=body, quoted=(QUOTED, ELSEWHERE)), at=at)
    first, second = Post.objects.order_by("number")
    address = first.get_absolute_url()
    assert second.body == f"> [Ada Byte]({address}) wrote:\n>\n> a\n\n> Ada\\_B wrote:\n>\n> b"
    assert f'<a href="{address}">Ada Byte</a> wrote:' in second.body_html


def test_who_is_called_is_whoever_proved_the_address_and_nobody_of_that_name(category, at):
    MemberFactory(handle="bo", handle_key="bo")
    things = (
        replace(ONE, body=f"{CALLED.mark}!", called=(CALLED,)),
        replace(TWO, body=f"{CALLED.mark}?", called=(CALLED,)),
    )
    bring(category, things[0], at=at)
    prove("bo@x.example", MemberFactory(handle="botoday", handle_key="botoday"))
    bring(category, *things, at=at)
    first, second = Post.objects.order_by("number")
    assert (first.body, "mention" in first.body_html) == ("\\@bo!", False)
    assert (second.body, "/members/botoday/" in second.body_html) == ("@botoday?", True)
    assert Notice.objects.count() == 0


def test_tags_the_answer_and_a_poll_come_along(category, at):
    asked = replace(ONE, body="Well:\n\n::: poll Which?\n- a\n- b\n:::", tags=("tapes", "c++"), place="4")
    answer = replace(TWO, is_answer=True, lost=(("likes", 3),))
    outcome = bring(category, asked, answer, replace(ONE, key="9", is_answer=True, place="5"), at=at)
    topic, other = Topic.objects.order_by("pk")
    assert (topic.tag_names, topic.solved_by.number, other.solved_by) == (["tapes", "c++"], 2, None)
    assert (Poll.objects.get().post, Poll.objects.get().question) == (topic.posts.get(number=1), "Which?")
    assert topic.posts.get(number=1).body_html == "<p>Well:</p>\n"
    assert (dict(outcome.lost), outcome.places) == ({"likes": 3, "marked answers": 1}, {"4", "5"})
    again = bring(category, asked, answer, at=at)
    assert (again.same, again.problems, dict(again.lost)) == (2, [], {})


@pytest.mark.parametrize("body", ["::: poll\nno end", "::: poll Then?\ncloses: 2014-01-01 10:00\n- a\n- b\n:::"])
def test_what_only_looks_like_a_poll_stays_text(category, at, body):
    assert bring(category, replace(ONE, body=body), at=at).problems == []
    assert (Poll.objects.count(), Post.objects.get().body) == (0, body)
