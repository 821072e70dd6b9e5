"""What "top" is read from: one more with each post, in the week, month and year it was written in."""

from datetime import UTC, date, datetime

import pytest

from community.actions import at_once
from forum.actions import posts, tallies
from forum.actions.recount import recount
from forum.models import Tally
from forum.models.tally import first_day
from tests.factories.community import MemberFactory
from tests.factories.forum import TopicFactory


@pytest.mark.parametrize(
    ("moment", "week", "month", "year"),
    [
        (datetime(2026, 12, 1, 15, tzinfo=UTC), date(2026, 11, 30), date(2026, 12, 1), date(2026, 1, 1)),
        (datetime(2027, 1, 1, tzinfo=UTC), date(2026, 12, 28), date(2027, 1, 1), date(2027, 1, 1)),
        (datetime(2026, 11, 29, 23, 59, tzinfo=UTC), date(2026, 11, 23), date(2026, 11, 1), date(2026, 1, 1)),
    ],
)
def test_first_days(moment, week, month, year):
    assert [first_day(span, moment) for span in Tally.Span] == [week, month, year]


def test_a_reply_counts_once_in_each_span_by_one_query(at, django_assert_num_queries):
    topic = TopicFactory()
    posts.reply(author=MemberFactory(trust=2), topic=topic, body="x", client_key="a", at=at)
    found = {(each.span, each.starts_on): each.posts for each in topic.tallies.all()}
    assert found == {
        ("week", date(2026, 11, 30)): 2,
        ("month", date(2026, 11, 1)): 1,
        ("month", date(2026, 12, 1)): 1,
        ("year", date(2026, 1, 1)): 2,
    }
    with django_assert_num_queries(1):
        at_once.run(tallies.one_more(topic.pk, at))


def test_what_is_hidden_no_longer_counts_and_counts_again_when_it_is_back(at):
    topic = TopicFactory(posts=2)
    post = topic.posts.get(number=2)
    posts.hide(post_id=post.pk, at=at)
    topic.refresh_from_db()
    assert ({each.posts for each in topic.tallies.all()}, topic.last_shown_number) == ({1}, 1)
    posts.restore(post_id=post.pk, at=at)
    topic.refresh_from_db()
    assert ({each.posts for each in topic.tallies.all()}, topic.last_shown_number) == ({2}, 2)


def test_a_wrong_tally_is_found_and_put_right(at):
    topic = TopicFactory(posts=2)
    Tally.objects.filter(topic=topic, span="week").update(posts=9)
    Tally.objects.filter(topic=topic, span="year").delete()
    assert [(each.field, each.kept, each.real) for each in recount(repair=True)] == [
        ("posts of the week of 2026-11-30", 9, 2),
        ("posts of the year of 2026-01-01", 0, 2),
    ]
    assert recount(repair=False) == []
