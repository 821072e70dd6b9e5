"""`recount` finds each counter that lies, repairs it, and finds nothing where all is well."""

import os
import random
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from forum.actions import moving, posts, topics, undo
from forum.actions.recount import Difference, recount
from forum.models import Category, Post, Topic
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, TopicFactory

SOAK = os.environ.get("SOAK") == "1"
STEPS, EVERY = (3_400, 100) if SOAK else (60, 3)  # three seeds: more than 10,000
ACTS = ["open", "reply", "reply", "hide", "restore", "hide_topic", "restore_topic", "remove", "put_back", "move"]


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


def one_of(chance, rows):
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.get(pk=chance.choice(keys)) if keys else None


@pytest.mark.timeout(7200 if SOAK else 60)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counters_equal_a_recount_after_random_acts(db, at, seed):
    chance = random.Random(seed)
    places = [CategoryFactory(), CategoryFactory()]
    people = [MemberFactory(trust=2, is_moderator=n == 0) for n in range(3)]
    for step in range(STEPS):
        moment = at + timedelta(minutes=step)
        who, topic, post = chance.choice(people), one_of(chance, Topic.objects), one_of(chance, Post.objects)
        act = chance.choice(ACTS)
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
                gone = one_of(chance, Post.objects.exclude(deleted_at=None)) or post
                undo.put_back(actor=gone.author, post=gone, at=moment)
            elif act == "move":
                moving.move(actor=people[0], topic=topic, place=chance.choice(places), at=moment, is_meant=True)
            elif act in {"hide", "restore"}:
                getattr(posts, act)(post_id=post.pk, at=moment)
            else:
                getattr(topics, act.removesuffix("_topic"))(topic_id=topic.pk, at=moment)
        except posts.NotAllowed:
            continue
        if step % EVERY == 0:
            assert recount(repair=False) == []
    assert recount(repair=False) == []
