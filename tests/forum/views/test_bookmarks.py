"""Keeping posts: the page, the list, the reminder; nobody else's and nothing that may no longer be seen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community import registry
from forum.actions import bookmarks, posts
from forum.models import Bookmark
from notifications.models import Notice
from tests.factories.community import MemberFactory
from tests.factories.forum import MembersOnlyFactory, TopicFactory


@pytest.fixture
def post(db):
    return TopicFactory(title="Backups").posts.get()


def test_a_post_is_kept_with_a_note_changed_and_let_go(signed_in, member, post):
    client, address = signed_in(member), f"/forum/bookmarks/{post.pk}/"
    topic = post.topic.get_absolute_url()
    assert f'href="{address}"' in client.get(topic).content.decode()
    day = timezone.localdate() + timedelta(days=3)
    assert client.post(address, {"note": "For Monday", "remind_on": day})["Location"] == post.get_absolute_url()
    kept = Bookmark.objects.get()
    assert (kept.note, timezone.localdate(kept.remind_at), timezone.localtime(kept.remind_at).hour) == (
        "For Monday",
        day,
        9,
    )
    assert "</svg>Kept</a>" in client.get(topic).content.decode()
    assert "For Monday" in client.get("/forum/bookmarks/").content.decode()
    assert "For Monday" not in signed_in(MemberFactory()).get("/forum/bookmarks/").content.decode()
    client.post(address, {"note": "Later"})
    kept.refresh_from_db()
    assert (kept.note, kept.remind_at) == ("Later", None)
    assert signed_in(MemberFactory()).post(f"{address}let-go/").status_code == 404
    client.post(f"{address}let-go/")
    assert not Bookmark.objects.exists()
    assert "Nothing kept yet." in client.get("/forum/bookmarks/").content.decode()


@pytest.mark.parametrize(
    ("day", "words"), [("2001-01-01", "Choose a day that is still to come."), ("soon", "Choose a day, such as")]
)
def test_a_day_that_will_not_do_keeps_what_was_typed(signed_in, member, post, day, words):
    answer = signed_in(member).post(f"/forum/bookmarks/{post.pk}/", {"note": "For Monday", "remind_on": day})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "For Monday" in answer.content.decode()
    assert not Bookmark.objects.exists()


def test_a_reminder_is_told_once_and_again_for_a_new_moment(member, post, at):
    bookmarks.keep(member=member, post=post, note="Ask Ada", remind_at=at, at=at)
    assert [bookmarks.remind(at - timedelta(minutes=1)), bookmarks.remind(at), bookmarks.remind(at)] == [0, 1, 0]
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.excerpt) == (member, "forum.reminded", "Ask Ada")
    later = at + timedelta(days=1)
    bookmarks.keep(member=member, post=post, note="Ask Ada", remind_at=later, at=at)
    assert bookmarks.remind(later) == 1
    assert Notice.objects.count() == 2


def test_what_may_no_longer_be_seen_is_neither_listed_nor_told(signed_in, member, post, at):
    bookmarks.keep(member=member, post=post, note="Secret note", remind_at=at, at=at)
    posts.hide(post_id=post.pk, at=at)
    assert bookmarks.remind(at) == 1
    assert not Notice.objects.exists()
    assert "Secret note" not in signed_in(member).get("/forum/bookmarks/").content.decode()
    inner = TopicFactory(category=MembersOnlyFactory()).posts.get()
    with pytest.raises(posts.NotAllowed):
        bookmarks.keep(member=member, post=inner, note="", remind_at=None, at=at)


def test_the_list_goes_on_by_key(signed_in, member, at):
    for post in TopicFactory(posts=32).posts.order_by("number"):
        Bookmark.objects.create(member=member, post=post, created_at=at)
    client = signed_in(member)
    first = client.get("/forum/bookmarks/")
    second = client.get(f"/forum/bookmarks/?before={first.context['page'].older}")
    shown = [kept.post.number for page in (first, second) for kept in page.context["page"].bookmarks]
    assert shown == list(range(32, 0, -1))


@pytest.mark.parametrize("count", [1, 3])
def test_what_the_list_costs(signed_in, member, at, count, django_assert_num_queries):
    for post in TopicFactory(posts=count).posts.all():
        Bookmark.objects.create(member=member, post=post, created_at=at)
    client = signed_in(member)
    client.get("/forum/bookmarks/")
    with django_assert_num_queries(3):
        client.get("/forum/bookmarks/")


def test_a_departed_member_keeps_nothing_and_the_download_has_ones_own(member, post, at):
    other = MemberFactory()
    for who in (member, other):
        bookmarks.keep(member=who, post=post, note=f"of {who.pk}", remind_at=None, at=at)
    assert [row["note"] for row in registry.exports(member)["forum-bookmarks"]] == [f"of {member.pk}"]
    registry.announce("departed", member=member, at=at)
    assert list(Bookmark.objects.values_list("member", flat=True)) == [other.pk]
