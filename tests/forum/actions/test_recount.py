"""`recount` finds each counter that lies, repairs it, and finds nothing where all is well."""

import random
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from forum.actions import posts, topics, undo
from forum.actions.recount import Difference, recount
from forum.models import Category, Post, Topic
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, TopicFactory


def test_a_lie_is_found_and_put_right(db, capsys):
    topic = TopicFactory(posts=3)
    Topic.objects.filter(pk=topic.pk).update(post_count=7)
    Category.objects.filter(pk=topic.category_id).update(topic_count=9)
    with pytest.raises(CommandError, match="3 counters"):
        call_command("recount", "--check")
    assert recount(repair=True) == [
        Difference(f"Topic {topic.pk}", "post_count", 7, 3),
        Difference(f"Category {topic.category_id}", "topic_count", 9, 1),
    ]
    call_command("recount", "--check")
    assert "Every counter is right." in capsys.readouterr().out


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counters_equal_a_recount_after_random_acts(db, at, seed):
    chance = random.Random(seed)
    places = [CategoryFactory(), CategoryFactory()]
    people = [MemberFactory(trust=2, is_moderator=n == 0) for n in range(3)]
    for step in range(60):
        moment = at + timedelta(minutes=step)
        who, topic, post = (
            chance.choice(people),
            Topic.objects.order_by("?").first(),
            Post.objects.order_by("?").first(),
        )
        act = chance.choice(
            ["open", "reply", "reply", "hide", "restore", "hide_topic", "restore_topic", "remove", "put_back"]
        )
        try:
            if act == "open" or topic is None or post is None:
                topics.open(
                    author=who,
                    category=chance.choice(places),
                    title=f"Topic {step}",
                    body="x",
                    client_key=f"{step}",
                    at=moment,
                )
            elif act == "reply":
                posts.reply(author=who, topic=topic, body="y", client_key=f"{step}", at=moment)
            elif act == "remove":
                posts.remove(author=post.author, post=post, at=moment)
            elif act == "put_back":
                gone = Post.objects.exclude(deleted_at=None).order_by("?").first() or post
                undo.put_back(actor=gone.author, post=gone, at=moment)
            elif act in {"hide", "restore"}:
                getattr(posts, act)(post_id=post.pk, at=moment)
            else:
                getattr(topics, act.removesuffix("_topic"))(topic_id=topic.pk, at=moment)
        except posts.NotAllowed:
            continue
        assert recount(repair=False) == []
