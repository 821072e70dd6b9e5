"""What a post said is kept from the first change that others may have met; a slip put right at once leaves no trace."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from forum.actions import history, posts
from forum.models import Post, Revision
from forum.policies.changing import GRACE
from tests.factories.community import MemberFactory
from tests.factories.forum import WRITTEN, PostFactory, TopicFactory

SOON, LATER = WRITTEN + GRACE, WRITTEN + GRACE + timedelta(seconds=1)


@pytest.fixture
def topic(db):
    return TopicFactory(title="Prices")


def change(topic, at, body="Changed", **more):
    post = topic.posts.get(number=1)
    return posts.edit(author=topic.author, post=post, body=body, at=at, **more)


def kept(topic) -> list[tuple]:
    rows = Revision.objects.filter(post__topic=topic).order_by("number")
    return list(rows.values_list("number", "body", "title", "reason", "written_at"))


def test_a_slip_put_right_at_once_leaves_no_trace(topic):
    post = change(topic, SOON, title="Prizes")
    assert (kept(topic), post.edited_at, post.version) == ([], None, 2)
    topic.refresh_from_db()
    assert topic.title == "Prizes"


def test_a_later_change_keeps_both_texts(topic):
    first = topic.posts.get().body
    post = change(topic, LATER, title="Prices in Leeds", reason="Said where")
    assert kept(topic) == [
        (1, first, "Prices", "", WRITTEN),
        (2, "Changed", "Prices in Leeds", "Said where", LATER),
    ]
    assert set(post.revisions.values_list("editor", flat=True)) == {topic.author_id}
    assert (post.edited_at, post.version) == (LATER, 2)


def test_a_slip_in_a_change_is_put_right_within_it(topic):
    change(topic, LATER, "1O pounds")
    change(topic, LATER + GRACE, "10 pounds")
    assert [(number, body) for number, body, *_ in kept(topic)][1:] == [(2, "10 pounds")]
    change(topic, LATER + GRACE + timedelta(seconds=1), "Changed again")
    assert [number for number, *_ in kept(topic)] == [1, 2, 3]


def test_a_reason_asks_for_a_trace(topic):
    change(topic, SOON, reason="Wrong year")
    assert [reason for *_, reason, _ in kept(topic)] == ["", "Wrong year"]


@pytest.mark.parametrize(("whose", "traces"), [("own", 0), ("other", 2)])
def test_once_somebody_else_has_answered_every_change_is_kept(topic, whose, traces):
    author = topic.author if whose == "own" else MemberFactory()
    PostFactory(topic=topic, number=2, author=author, created_at=WRITTEN)
    change(topic, SOON)
    assert len(kept(topic)) == traces


def test_nothing_changed_is_nothing_written(topic, said):
    post = topic.posts.get()
    change(topic, LATER, post.body, version=7)
    assert (kept(topic), topic.posts.get().version) == ([], 1)


def test_the_same_form_twice_is_one_change(topic):
    for _ in range(2):
        change(topic, LATER, version=1)
    assert (len(kept(topic)), topic.posts.get().version) == (2, 2)


def test_a_version_only_rises_and_a_number_is_used_once(topic):
    post = change(topic, LATER)
    with pytest.raises(IntegrityError, match="post_version_from_one"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(version=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(post=post, number=2, editor=topic.author, body="x", written_at=LATER)


def test_the_texts_of_the_departed_stay_and_their_remarks_go(topic, at):
    change(topic, LATER, reason="I had flu")
    history.forget_reasons(member=MemberFactory(), at=at)
    assert kept(topic)[1][3] == "I had flu"
    history.forget_reasons(member=topic.author, at=at)
    assert [(body, reason) for _, body, _, reason, _ in kept(topic)][1] == ("Changed", "")
