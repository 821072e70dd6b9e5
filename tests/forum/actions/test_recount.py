"""`recount` finds each counter that lies, repairs it, and finds nothing where all is well."""

import os
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from forum.actions.recount import Difference, recount
from forum.models import Category, Topic
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import CategoryFactory, TalkFactory, TopicFactory
from tests.forum import by_hand
from tests.forum.walk import ACTS, Walk

SOAK = os.environ.get("SOAK") == "1"
STEPS, EVERY = (3_400, 10) if SOAK else (90, 6)  # three seeds: more than 10,000; what a rule refuses is not counted


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


@pytest.mark.timeout(7200 if SOAK else 60)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counters_equal_a_recount_after_random_acts(at, seed):
    group = GroupFactory()
    people = [MemberFactory(trust=3, is_moderator=True), OrganiserFactory(group=group, member__trust=2).member]
    people += [MembershipFactory(group=group, member__trust=2).member, MemberFactory(trust=2)]
    walk = Walk(seed, people, [CategoryFactory(), CategoryFactory(), TalkFactory(group=group)], at)
    done, known, given = Counter(), {}, {}
    for step in range(1, STEPS + 1):
        done[walk.step()] += 1
        if step % EVERY and step < STEPS:
            continue
        assert (recount(repair=False), by_hand.differences()) == ([], []), f"after step {step}: {done}"
        known = by_hand.addresses() | known
        assert by_hand.dead_ends(known) == [], f"after step {step}: {done}"
        before, given = given, by_hand.highest()
        assert [topic for topic, number in before.items() if given[topic] < number] == []
    if SOAK:
        assert set(done) == set(ACTS), "each of them happened"
