"""An earlier text that must not stay readable: reported, withheld with a reason, given back; seen by nobody meanwhile."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community import registry as community
from community.actions.departure import depart
from forum.actions import history as verbs
from forum.actions import posts
from forum.actions.recount import recount
from forum.models import Post, Revision
from moderation import registry
from moderation.models import Decision, Report, Rule
from notifications.models import Notice
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import MembersOnlyFactory, TalkFactory, TopicFactory

SECRET = "Their password is hunter2."


def edited(post: Post, *bodies: str, by=None) -> Post:
    for body in bodies:
        at = timezone.now() + timedelta(hours=post.revisions.count() + 1)
        post = posts.edit(author=by or post.author, post=post, body=body, reason="Tidied", at=at)
    return post


@pytest.fixture
def author(group):
    return MembershipFactory(group=group, member__trust=3, member__display_name="Ada Byte").member


@pytest.fixture
def moderator(group):
    return MembershipFactory(group=group, role="moderator").member


@pytest.fixture
def post(group, author):
    """It said the secret, then did not, then said more: three texts."""
    topic = TopicFactory(category=TalkFactory(group=group), author=author, title="A title")
    Post.objects.update(body=f"Help! {SECRET} Thanks.")
    return edited(topic.posts.get(), "Help! Thanks.", "Help! Thanks, all.")


def page(client, post: Post, **query: int) -> str:
    return client.get(reverse("forum:history", args=[post.pk]), query).content.decode()


def withhold(signed_in, moderator, text: Revision) -> Decision:
    """As a moderator does it: from the history to the case, and the decision."""
    maya, rule = signed_in(moderator), Rule.objects.get(key="no-client-data")
    case = maya.post(reverse("moderation:report", args=["revision", text.pk]), {"rule": rule.pk, "text": ""})
    assert case.url == reverse("moderation:case", args=[Report.objects.get(target_id=text.pk).pk])
    assert SECRET in maya.get(case.url).content.decode()
    answer = {"kind": "hide", "rule": rule.pk, "pause": "", "reason": "A client could be known by it."}
    maya.post(reverse("moderation:decide", args=[Report.objects.get(target_id=text.pk).pk]), answer)
    return Decision.objects.get(target_kind="revision", target_id=text.pk, reversed_at=None)


def test_a_moderator_withholds_it_and_takes_that_back(
    client, signed_in, author, moderator, joined, organiser, group, post
):
    first = post.revisions.get(number=1)
    assert SECRET in page(client, post)
    assert "Withhold this text" in page(signed_in(moderator), post)
    decision = withhold(signed_in, moderator, first)

    told = {}
    for name, who in (
        ("visitor", client),
        *((each, signed_in(each)) for each in (joined, author, moderator, organiser)),
    ):
        text = page(who, post)
        assert SECRET not in text
        assert "hunter2" not in text
        assert text.count("A moderator withheld the text that stood here.") == 1
        assert 'id="text-1"' in text
        told[name] = (
            "A client could be known by it." in text,
            reverse("moderation:decision", args=[decision.pk]) in text,
        )
    assert told == {
        "visitor": (False, False),
        joined: (False, False),
        author: (True, True),
        moderator: (True, True),
        organiser: (True, True),
    }
    log = client.get(reverse("community:log", args=[group.slug])).content.decode()
    assert "A moderator hid an earlier text of a post. Rule: No client data." in log
    assert Notice.objects.filter(recipient=author, kind="moderation.decided").count() == 1
    assert signed_in(joined).get(reverse("moderation:report", args=["revision", first.pk])).status_code == 404
    assert recount(repair=False) == []

    signed_in(moderator).post(reverse("moderation:reverse", args=[decision.pk]), {"why": "It was made up."})
    assert SECRET in page(client, post)


def test_what_stands_beside_it_says_nothing_of_it(client, signed_in, moderator, post):
    withhold(signed_in, moderator, post.revisions.get(number=1))
    text = page(client, post)
    # The second text has nothing before it any more, so it stands whole; the third is compared with it.
    assert "(removed:" not in text
    assert '<div class="changes">Help! Thanks.</div>' in text
    assert "(added: </span>, all" in text
    more = edited(post, f"Help! {SECRET}", "Help! Thanks, all of you.")
    withhold(signed_in, moderator, more.revisions.get(number=4))
    text = page(client, more)
    assert "hunter2" not in text
    assert "of you" in text


def test_over_the_edge_of_a_page_too(client, signed_in, moderator, post, author):
    author.trust = 4
    author.save()
    edited(post, *(f"Number {n}." for n in range(4, 12)), by=author)
    Revision.objects.filter(post=post, number=1).update(body="Number zero.")
    assert post.revisions.count() == 11
    verbs.withhold(revision_id=post.revisions.get(number=2).pk, at=timezone.now())
    text = page(client, post)
    assert (text.count('class="step"'), text.count("A moderator withheld")) == (10, 1)
    verbs.withhold(revision_id=post.revisions.get(number=1).pk, at=timezone.now())
    text = page(client, post)
    assert '<div class="changes">Help! Thanks, all.</div>' in text
    assert "Number zero" not in text


def test_it_costs_no_more_with_three_than_with_one(client, django_assert_num_queries, post):
    # the post, its texts, what must stand beside the names
    for number in (1, 2):
        verbs.withhold(revision_id=post.revisions.get(number=number).pk, at=timezone.now())
        with django_assert_num_queries(3):
            page(client, post)


def test_what_the_post_says_now_is_judged_with_the_post(signed_in, moderator, post):
    now, before = post.revisions.get(number=3), post.revisions.get(number=2)
    kind = registry.kind("revision")
    assert (kind.find(now.pk), kind.visible_to(moderator, now.pk)) == (None, False)
    assert (kind.find(before.pk).is_hidden, kind.visible_to(moderator, before.pk)) == (False, True)
    assert signed_in(moderator).get(reverse("moderation:report", args=["revision", now.pk])).status_code == 404
    for address in (page(signed_in(moderator), post), page(signed_in(moderator), post, before=99)):
        assert address.count("Withhold this text") == 2
    edited(post, "Something else.")
    assert kind.find(now.pk).text == "A title\n\nHelp! Thanks, all."


def test_acts_may_run_twice(post):
    text, kind = post.revisions.get(number=1), registry.kind("revision")
    for act, is_hidden in ((kind.hide, True), (kind.hide, True), (kind.restore, False), (kind.restore, False)):
        act(text.pk, timezone.now())
        assert kind.find(text.pk).is_hidden is is_hidden
    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now())
    assert kind.find(text.pk) is None


def test_only_who_may_read_the_post_may_report_its_past(group, joined, member, author):
    topic = TopicFactory(category=MembersOnlyFactory(group=group), author=author)
    text = edited(topic.posts.get(), "Else.").revisions.get(number=1)
    seen = [registry.kind("revision").visible_to(who, text.pk) for who in (None, member, joined, author)]
    assert seen == [False, False, True, True]


def test_its_own_author_may_ask_for_it_and_does_not_decide(signed_in, author, organiser, post):
    text, rule = post.revisions.get(number=1), Rule.objects.get(key="no-client-data")
    assert page(signed_in(author), post).count("Ask for it to be withheld") == 2
    asked = signed_in(author).post(
        reverse("moderation:report", args=["revision", text.pk]), {"rule": rule.pk, "text": "Mine."}
    )
    assert asked.url.endswith(f"/forum/history/{post.pk}/?before=2#text-1")
    assert Report.objects.get().reporter == author
    assert signed_in(author).get(reverse("moderation:report", args=["post", post.pk])).status_code == 403
    answer = {"kind": "hide", "rule": rule.pk, "pause": "", "reason": "Asked for."}
    assert (
        signed_in(author).post(reverse("moderation:decide", args=[Report.objects.get().pk]), answer).status_code == 404
    )
    signed_in(organiser).post(reverse("moderation:decide", args=[Report.objects.get().pk]), answer)
    assert SECRET not in page(signed_in(author), post)


def test_notices_no_longer_quote_it(group, author, moderator, signed_in):
    bo = MembershipFactory(group=group, member__handle="bo", member__handle_key="bo").member
    topic = TopicFactory(category=TalkFactory(group=group), author=author)
    post = posts.reply(author=author, topic=topic, body=f"@bo {SECRET}", client_key="k", at=timezone.now())
    notice = Notice.objects.get(recipient=bo)
    assert "hunter2" in notice.excerpt
    edited(post, "@bo Never mind.")
    withhold(signed_in, moderator, post.revisions.get(number=1))
    notice.refresh_from_db()
    assert (notice.excerpt, "mentioned you" in notice.title) == ("", True)


def test_a_download_gives_back_ones_own_words_and_nobody_elses(author, group, post, at):
    other = MembershipFactory(group=group, member__trust=3).member
    Post.objects.filter(pk=post.pk).update(is_wiki=True)
    edited(Post.objects.get(pk=post.pk), f"Help! {SECRET} All.", by=other)
    edited(Post.objects.get(pk=post.pk), "Done.", by=author)
    for text in Revision.objects.filter(body__contains="hunter2"):
        verbs.withhold(revision_id=text.pk, at=at)
    mine, theirs = (list(community.exports(who)["forum-changes"]) for who in (author, other))
    assert [(row["change"], SECRET in row["text"], row["withheld_at"] is not None) for row in mine] == [
        (1, True, True),
        (2, False, False),
        (3, False, False),
        (5, False, False),
    ]
    assert [(row["change"], row["text"], row["title"], row["withheld_at"]) for row in theirs] == [
        (4, "", "", at.isoformat())
    ]


def test_it_stays_withheld_when_its_author_has_left(client, author, post, signed_in, moderator):
    withhold(signed_in, moderator, post.revisions.get(number=1))
    depart(member=author, at=timezone.now())
    text = page(client, post)
    assert "hunter2" not in text
    assert text.count("A moderator withheld the text that stood here.") == 1
    assert "hunter2" not in page(signed_in(MemberFactory()), post)
