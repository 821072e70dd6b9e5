"""What was taken down is not quoted any more: in no inbox, and in no mail that is still to be sent."""

import pytest
from django.urls import reverse
from django.utils import timezone

from forum.actions import posts, topics
from notifications.models import Notice
from tests.factories.community import MembershipFactory
from tests.factories.forum import TalkFactory, TopicFactory


@pytest.fixture
def bo(group):
    return MembershipFactory(group=group, member__handle="bo", member__handle_key="bo").member


@pytest.fixture
def post(group, joined, bo):
    """Names Bo, who hears of it with its first words."""
    topic = TopicFactory(category=TalkFactory(group=group), title="A title")
    return posts.reply(author=joined, topic=topic, body="@bo hunter2", client_key="k", at=timezone.now())


TAKEN_DOWN = {
    "hidden": lambda post: posts.hide(post_id=post.pk, at=timezone.now()),
    "removed": lambda post: posts.remove(author=post.author, post=post, at=timezone.now()),
    "with its topic": lambda post: topics.hide(topic_id=post.topic_id, at=timezone.now()),
}


@pytest.mark.parametrize("how", TAKEN_DOWN)
def test_the_notice_stays_without_the_words(signed_in, bo, post, how):
    topic = TopicFactory(category=post.topic.category)
    other = posts.reply(author=post.author, topic=topic, body="@bo else", client_key="l", at=timezone.now())
    inbox = signed_in(bo).get(reverse("notifications:inbox")).content.decode()
    assert "hunter2" in inbox
    TAKEN_DOWN[how](post)
    inbox = signed_in(bo).get(reverse("notifications:inbox")).content.decode()
    assert "hunter2" not in inbox
    excerpts = dict(Notice.objects.filter(recipient=bo).values_list("dedupe_key", "excerpt"))
    assert excerpts == {f"post:{post.pk}": "", f"post:{other.pk}": "@bo else"}


def test_a_change_of_a_wiki_that_its_author_heard_of_too(group, bo, post):
    post.is_wiki = True
    post.save()
    later = timezone.now() + timezone.timedelta(hours=1)
    posts.edit(author=bo, post=post, body="hunter3", at=later)
    assert Notice.objects.get(recipient=post.author).excerpt == "hunter3"
    posts.hide(post_id=post.pk, at=later)
    assert set(Notice.objects.values_list("excerpt", flat=True)) == {""}
