"""A reply is written once, counted, numbered, told; what may not be written is refused and nothing changes."""

from datetime import timedelta

import pytest

from community.models import Block, Sanction
from community.verdicts import NotAllowed
from forum.actions import posts, writing
from forum.actions.recount import recount
from forum.models import Post, Reading, Topic
from forum.queries import mine_in
from notifications.models import Notice
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TalkFactory, TopicFactory


@pytest.fixture
def topic(db):
    return TopicFactory()


def reply(topic, author, at, body="I do it by the seat.", key="k1", **more):
    return posts.reply(author=author, topic=topic, body=body, client_key=key, at=at, **more)


def told() -> list[tuple[int, str]]:
    return sorted(Notice.objects.values_list("recipient", "kind"))


def test_a_reply_takes_the_next_number_and_is_counted(topic, member, at):
    post = reply(topic, member, at)
    topic.refresh_from_db()
    assert (post.number, topic.last_number, topic.post_count) == (2, 2, 2)
    assert (topic.last_posted_at, topic.last_author) == (at, member)
    topic.category.refresh_from_db()
    assert (topic.category.post_count, topic.category.last_posted_at) == (2, at)
    assert recount(repair=False) == []


def test_its_text_is_rendered_once_and_safe(topic, member, at):
    post = reply(topic, member, at, body="**Yes** <script>alert(1)</script>")
    assert "<strong>Yes</strong>" in post.body_html
    assert "<script" not in post.body_html
    assert post.body == "**Yes** <script>alert(1)</script>"


def test_a_double_click_posts_once(topic, member, at, said):
    first = reply(topic, member, at)
    again = reply(topic, member, at)
    assert first == again
    assert Post.objects.filter(topic=topic).count() == 2


def test_a_form_sent_again_with_other_words_says_so_and_keeps_them(topic, member, at):
    first = reply(topic, member, at)
    with pytest.raises(writing.Reused) as caught:
        reply(topic, member, at, body="Something new")
    assert caught.value.post == first


def test_open_pages_get_a_hint_after_the_commit(topic, member, at, said, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post = reply(topic, member, at)
    frames = [frame for stream, frame in said if stream == f"topic:{topic.pk}"]
    assert [(frame["type"], frame["post"], frame["number"]) for frame in frames] == [("post.added", post.pk, 2)]


def test_replying_reads_and_tracks(topic, member, at):
    reply(topic, member, at)
    reading = Reading.objects.get(member=member, topic=topic)
    assert (reading.last_number, reading.level, reading.level_reason) == (2, "tracking", "replied")


def test_the_one_who_watches_is_told_and_the_author_is_not(topic, member, at):
    watcher = MemberFactory()
    for who in (watcher, member):
        Reading.objects.create(member=who, topic=topic, level="watching", last_number=1, read_at=at)
    post = reply(topic, member, at)
    assert told() == [(watcher.pk, "forum.replied")]
    notice = Notice.objects.get()
    assert (notice.url, notice.subject) == (post.get_absolute_url(), f"topic:{topic.pk}")
    assert notice.excerpt == "I do it by the seat."


def test_the_one_answered_is_told_unless_the_topic_is_muted(topic, member, at):
    first = topic.posts.get()
    reply(topic, member, at, answers=first)
    assert told() == [(topic.author_id, "forum.replied")]
    Notice.objects.all().delete()
    Reading.objects.create(member=topic.author, topic=topic, level="muted", read_at=at)
    reply(topic, member, at, key="k2", answers=first)
    assert told() == []


def test_the_one_mentioned_is_told_that_and_not_twice(topic, member, at):
    named = MemberFactory(handle="anna")
    Reading.objects.create(member=named, topic=topic, level="watching", read_at=at)
    reply(topic, member, at, body="@anna knows")
    assert told() == [(named.pk, "forum.mentioned")]


def test_who_blocks_the_author_hears_nothing(topic, member, at):
    named, watcher = MemberFactory(handle="anna"), MemberFactory()
    Reading.objects.create(member=watcher, topic=topic, level="watching", read_at=at)
    for who in (named, watcher):
        Block.objects.create(member=who, blocked=member, created_at=at)
    reply(topic, member, at, body="@anna knows")
    assert told() == []


def test_only_those_hear_who_may_read_it(joined, group, at):
    topic = TopicFactory(category=MembersOnlyFactory(group=group))
    outside, inside = MemberFactory(handle="outside"), MembershipFactory(group=group, member__handle="inside").member
    left = MembershipFactory(group=group, ends_on=at.date()).member
    gone = MemberFactory(handle="gone", departed_at=at)
    for who in (outside, inside, left, gone):
        Reading.objects.create(member=who, topic=topic, level="watching", read_at=at)
    reply(topic, joined, at, body="@outside @inside")
    assert told() == [(inside.pk, "forum.mentioned")]


def test_a_flood_of_mentions_tells_twenty(topic, member, at):
    member.trust = 2
    for n in range(25):
        MemberFactory(handle=f"crowd{n}")
    reply(topic, member, at, body=" ".join(f"@crowd{n}" for n in range(25)))
    assert Notice.objects.count() == 20


def test_a_closed_topic_refuses(topic, member, at):
    Topic.objects.filter(pk=topic.pk).update(closed_at=at)
    topic.refresh_from_db()
    with pytest.raises(posts.Closed):
        reply(topic, member, at)


def test_a_topic_closed_while_one_was_writing_refuses_under_the_lock(topic, member, at):
    stale = Topic.objects.get(pk=topic.pk)
    Topic.objects.filter(pk=topic.pk).update(closed_at=at)
    with pytest.raises(posts.Closed):
        reply(stale, member, at)
    assert topic.posts.count() == 1


def test_what_changed_since_the_topic_was_read_is_read_again_under_the_lock(topic, member, at, group):
    read = mine_in(member, topic.pk)
    Topic.objects.filter(pk=topic.pk).update(category=TalkFactory(group=group))
    with pytest.raises(NotAllowed, match="Join"):
        reply(topic, member, at, read=read)
    there = CategoryFactory()
    Topic.objects.filter(pk=topic.pk).update(category=there, title="Elsewhere", slug="elsewhere")
    post = reply(topic, member, at, read=read)
    there.refresh_from_db()
    assert (post.topic.category, there.post_count) == (there, 1)
    assert post.get_absolute_url() == f"/forum/t/{topic.pk}/elsewhere/2"
    read = mine_in(member, topic.pk)
    Topic.objects.filter(pk=topic.pk).update(slow_seconds=60)
    with pytest.raises(NotAllowed, match="slowly"):
        reply(topic, member, at, key="k2", read=read)


def test_a_topic_that_was_read_is_not_written_to(topic, member, at):
    reply(topic, member, at, read=mine_in(member, topic.pk))
    assert (topic.last_number, topic.post_count) == (1, 1)
    assert Topic.objects.get(pk=topic.pk).last_number == 2


def test_a_retry_is_answered_though_a_second_reply_would_be_refused(topic, member, at):
    first = reply(topic, member, at)
    Topic.objects.filter(pk=topic.pk).update(closed_at=at)
    topic.refresh_from_db()
    assert reply(topic, member, at) == first
    with pytest.raises(posts.Closed):
        reply(topic, member, at, key="k2")


def test_the_silenced_in_a_group_write_elsewhere(joined, group, at):
    Sanction.objects.create(
        member=joined, group=group, kind="silence", reason="Calm down.", starts_at=at, ends_at=at + timedelta(days=1)
    )
    here, there = TopicFactory(category=TalkFactory(group=group)), TopicFactory()
    with pytest.raises(NotAllowed, match=r"in this group until .*Calm down\."):
        reply(here, joined, at)
    assert reply(there, joined, at).number == 2
    assert reply(here, joined, at + timedelta(days=1), key="k2").number == 2


def test_newcomers_write_ten_posts_in_five_minutes(topic, at):
    newcomer = MemberFactory(trust=0)
    for n in range(10):
        reply(topic, newcomer, at + timedelta(seconds=n), key=f"k{n}")
    with pytest.raises(NotAllowed) as caught:
        reply(topic, newcomer, at + timedelta(seconds=60), key="k10")
    assert caught.value.retry_after == 240
    assert reply(topic, newcomer, at + timedelta(seconds=300), key="k11").number == 12


def test_having_come_once_lifts_the_limit(topic, at):
    known = MemberFactory(trust=0, attended_at=at)
    for n in range(12):
        reply(topic, known, at, key=f"k{n}")
    assert topic.posts.count() == 13


def test_an_answer_to_another_topic_is_refused(topic, member, at):
    elsewhere = TopicFactory().posts.get()
    with pytest.raises(NotAllowed):
        reply(topic, member, at, answers=elsewhere)


def test_editing_changes_text_and_says_when(topic, at):
    post = topic.posts.get()
    posts.edit(author=topic.author, post=post, body="*Better*", at=at)
    post.refresh_from_db()
    assert (post.body, post.body_html.strip(), post.edited_at) == ("*Better*", "<p><em>Better</em></p>", at)
    assert topic.title == Topic.objects.get(pk=topic.pk).title


def test_the_first_post_carries_the_title(topic, at):
    posts.edit(author=topic.author, post=topic.posts.get(), body="x", title="Ünder new name", at=at)
    topic.refresh_from_db()
    assert (topic.title, topic.slug) == ("Ünder new name", "ünder-new-name")


def test_an_edit_that_mentions_tells_the_new_one_once(topic, at):
    named, post = MemberFactory(handle="anna"), topic.posts.get()
    posts.edit(author=topic.author, post=post, body="@anna?", at=at)
    posts.edit(author=topic.author, post=post, body="@anna, please?", at=at)
    assert told() == [(named.pk, "forum.mentioned")]


def test_a_second_editor_is_told_of_the_first(topic, at):
    post = topic.posts.get()
    posts.edit(author=topic.author, post=post, body="one", at=at)
    with pytest.raises(posts.Overtaken) as caught:
        posts.edit(author=topic.author, post=post, body="two", at=at, version=post.version)
    assert caught.value.post.body == "one"
    assert (
        posts.edit(author=topic.author, post=post, body="two", at=at, version=caught.value.post.version).body == "two"
    )


def test_nobody_else_edits_or_removes(topic, member, organiser, at):
    post = topic.posts.get()
    for who in (member, organiser, MemberFactory(is_moderator=True)):
        with pytest.raises(NotAllowed):
            posts.edit(author=who, post=post, body="mine", at=at)
        with pytest.raises(NotAllowed):
            posts.remove(author=who, post=post, at=at)
    post.refresh_from_db()
    assert (post.edited_at, post.deleted_at) == (None, None)


def test_removing_keeps_the_row_and_the_numbers_and_counts_down(topic, member, at):
    reply(topic, member, at)
    later = reply(topic, member, at + timedelta(hours=1), key="k2")
    posts.remove(author=member, post=later, at=at)
    topic.refresh_from_db()
    assert (topic.last_number, topic.post_count, topic.last_posted_at) == (3, 2, at)
    assert recount(repair=False) == []
    assert reply(topic, member, at, key="k3").number == 4


def test_a_first_post_stays_when_others_have_answered(topic, member, at):
    reply(topic, member, at)
    with pytest.raises(NotAllowed, match="Others have answered"):
        posts.remove(author=topic.author, post=topic.posts.get(number=1), at=at)


def test_a_first_post_alone_takes_its_topic_along(topic, at):
    posts.remove(author=topic.author, post=topic.posts.get(), at=at)
    posts.remove(author=topic.author, post=topic.posts.get(), at=at)
    topic.refresh_from_db()
    topic.category.refresh_from_db()
    assert topic.deleted_at == at
    assert (topic.category.topic_count, topic.category.post_count) == (0, 0)
    assert recount(repair=False) == []


def test_hiding_and_restoring_may_run_twice(topic, member, at):
    post = reply(topic, member, at)
    posts.hide(post_id=post.pk, at=at)
    posts.hide(post_id=post.pk, at=at)
    topic.refresh_from_db()
    assert topic.post_count == 1
    assert recount(repair=False) == []
    posts.restore(post_id=post.pk, at=at)
    posts.restore(post_id=post.pk, at=at)
    topic.refresh_from_db()
    assert (topic.post_count, topic.last_author) == (2, member)
    assert recount(repair=False) == []
