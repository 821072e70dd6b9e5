"""Somebody reports a post; the group's moderator hides it and silences its author for a day; both floors obey."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from chat.actions import messages
from chat.models import Room
from community.models import Group, Member, Membership
from community.verdicts import NotAllowed
from forum.actions import posts
from forum.models import Post
from moderation.models import Decision, Report, Rule
from notifications.models import Notice
from tests.factories.community import MembershipFactory
from tests.factories.forum import TalkFactory, TopicFactory


@pytest.fixture
def cast(group: Group) -> dict[str, Member]:
    roles = {"terry": "member", "jo": "member", "maya": "moderator"}
    return {name: MembershipFactory(group=group, role=role).member for name, role in roles.items()}


@pytest.fixture
def post(group: Group, cast: dict[str, Member]) -> Post:
    """Terry's second post in a topic of Jo's."""
    topic = TopicFactory(category=TalkFactory(group=group), author=cast["jo"], posts=2)
    return posts.reply(author=cast["terry"], topic=topic, body="Idiot.", client_key="one", at=timezone.now())


def test_report_hide_silence_restore(group: Group, cast: dict[str, Member], post: Post, signed_in: Any) -> None:
    jo, maya, terry = (signed_in(cast[name]) for name in ("jo", "maya", "terry"))
    rule = Rule.objects.get(key="be-kind")
    jo.post(reverse("moderation:report", args=["post", post.pk]), {"rule": rule.pk, "text": "An insult."})
    report = Report.objects.get()
    assert (report.author, report.group, report.excerpt) == (cast["terry"], group, "Idiot.")

    answer = {"kind": "hide", "rule": rule.pk, "pause": "silence:24", "reason": "That is an insult."}
    maya.post(reverse("moderation:decide", args=[report.pk]), answer)
    decision = Decision.objects.get()
    topic_page = post.topic.get_absolute_url()
    assert "Idiot." not in jo.get(topic_page).content.decode()
    assert "A moderator hid a post." in jo.get(reverse("community:log", args=[group.slug])).content.decode()
    told = Notice.objects.filter(recipient=cast["terry"]).values_list("kind", "title")
    assert list(told) == [("moderation.decided", "We have hidden a post of yours")]

    reply, talk = reverse("forum:reply", args=[post.topic_id]), {"body": "And again.", "client_key": "two"}
    room = Room.objects.create(group=group, title="Talk", created_at=timezone.now() - timedelta(days=1))
    assert terry.post(reply, talk).status_code == 403
    with pytest.raises(NotAllowed, match="That is an insult"):
        messages.say(author=cast["terry"], room=room, body="And here.", client_key="one", at=timezone.now())
    messages.say(author=cast["jo"], room=room, body="Quiet.", client_key="one", at=timezone.now())
    assert Post.objects.filter(author=cast["terry"]).count() == 1

    maya.post(reverse("moderation:reverse", args=[decision.pk]), {"why": "I misread it."})
    assert "Idiot." in jo.get(topic_page).content.decode()
    assert terry.post(reply, talk | {"body": "Sorry about the tone."}).status_code == 302
    assert Post.objects.filter(author=cast["terry"]).count() == 2


def test_a_moderator_of_another_group_has_no_hold_on_it(
    group: Group, cast: dict[str, Member], post: Post, signed_in: Any
) -> None:
    rule = Rule.objects.get(key="be-kind")
    signed_in(cast["jo"]).post(reverse("moderation:report", args=["post", post.pk]), {"rule": rule.pk})
    stranger = signed_in(MembershipFactory(role=Membership.Role.MODERATOR).member)
    answer = {"kind": "hide", "rule": rule.pk, "reason": "Because."}
    assert stranger.post(reverse("moderation:decide", args=[Report.objects.get().pk]), answer).status_code == 404
    assert Decision.objects.count() == 0
