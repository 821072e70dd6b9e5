"""`recount` finds each counter that lies, repairs it, and finds nothing where all is well."""

import os
import random
from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
from django.core.management import CommandError, call_command

from forum.actions import moving, posts, reactions, solving, tags, topics, undo
from forum.actions.recount import Difference, recount
from forum.models import Category, Post, Topic
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, TopicFactory

SOAK = os.environ.get("SOAK") == "1"
STEPS, EVERY = (3_400, 10) if SOAK else (90, 3)  # three seeds: more than 10,000


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


def acts(chance, places, people, step, moment) -> dict:
    """What may happen at this moment, by name; each may be refused."""
    keeper, who = people[0], chance.choice(people)
    topic, post, place = one_of(chance, Topic.objects), one_of(chance, Post.objects), chance.choice(places)
    once = {"client_key": f"{step}", "at": moment}
    if topic is None or post is None:
        return {"open": lambda: topics.open(author=who, category=place, title="First", body="x", **once)}
    numbers = chance.sample(range(2, topic.last_number + 2), k=min(3, topic.last_number))
    names, is_on = chance.sample(["backup", "restore", "cash"], k=2), chance.random() < 0.7
    gone = one_of(chance, Post.objects.exclude(deleted_at=None)) or post
    into = one_of(chance, Topic.objects)
    return {
        "open": lambda: topics.open(author=who, category=place, title=f"Topic {step}", body="x", **once),
        "reply": lambda: posts.reply(author=who, topic=topic, body="y", **once),
        "answer": lambda: posts.reply(author=who, topic=post.topic, body="y", answers=post, **once),
        "edit": lambda: posts.edit(author=post.author, post=post, body=f"z {step}", at=moment),
        "react": lambda: reactions.react(member=who, post=post, kind="thanks", is_on=is_on, at=moment),
        "solve": lambda: solving.mark(actor=post.topic.author, post=post, at=moment),
        "tag": lambda: tags.retag(actor=keeper, topic=topic, names=names, at=moment),
        "hide": lambda: posts.hide(post_id=post.pk, at=moment),
        "restore": lambda: posts.restore(post_id=post.pk, at=moment),
        "hide_topic": lambda: topics.hide(topic_id=topic.pk, at=moment),
        "restore_topic": lambda: topics.restore(topic_id=topic.pk, at=moment),
        "remove": lambda: posts.remove(author=post.author, post=post, at=moment),
        "put_back": lambda: undo.put_back(actor=gone.author, post=gone, at=moment),
        "move": lambda: moving.move(actor=keeper, topic=topic, place=place, at=moment, is_meant=True),
        "split": lambda: moving.split(
            actor=keeper, topic=topic, numbers=numbers, title="Apart", place=place, at=moment
        ),
        "join": lambda: moving.merge(actor=keeper, topic=topic, into=into, at=moment),
    }


@pytest.mark.timeout(7200 if SOAK else 60)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counters_equal_a_recount_after_random_acts(db, at, seed):
    chance = random.Random(seed)
    places = [CategoryFactory(), CategoryFactory()]
    people = [MemberFactory(trust=2, is_moderator=n == 0) for n in range(3)]
    done: Counter[str] = Counter()
    for step in count():
        possible = acts(chance, places, people, step, at + timedelta(minutes=step))
        name = chance.choice([*possible, *(["open", "reply", "reply"] if len(possible) > 1 else [])])
        try:
            possible[name]()
        except posts.NotAllowed:  # what is refused counts for nothing
            continue
        done[name] += 1
        if done.total() % EVERY == 0:
            assert recount(repair=False) == []
        if done.total() == STEPS:
            break
    assert recount(repair=False) == []
    assert len(done) > 12, done
