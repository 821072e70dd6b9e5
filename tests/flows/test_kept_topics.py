"""A topic's page and the forum's list as they are kept look as they do when nothing is kept, to everyone, whatever happens."""

import os
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.middleware.csrf import _unmask_cipher_token

from community.actions import blocks, memberships, profile, sanctions
from community.models import Member
from community.verdicts import NotAllowed
from forum.actions import (
    bookmarks,
    following,
    keeping,
    moving,
    posts,
    reactions,
    recount,
    solving,
    topics,
    undo,
    whispers,
    wiki,
)
from forum.models import Post, Reading, Topic
from forum.views import drawn
from live import changes
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import MembersOnlyFactory, PostFactory, TalkFactory, TopicFactory

SOAK = os.environ.get("SOAK") == "1"
ROUNDS, SEEDS = (60, (1, 2, 3, 4)) if SOAK else (4, (1,) if connection.vendor == "sqlite" else (2,))
POLL = "How?\n\n::: poll Which evening?\nchoose: one\n- Tuesday\n- Thursday\n:::"
OWN = re.compile(
    r'(name="csrfmiddlewaretoken" value|name="client_key" value|data-token|"X-CSRFToken":) ?="?[^" ]*|"X-CSRFToken": "[^"]*"'
)


@pytest.fixture
def world(group, at, settings) -> dict[str, Any]:
    settings.REDIS_URL = ""
    changes.here.note_all()
    talk = TalkFactory(group=group)
    authors = [MembershipFactory(group=group).member for _ in range(3)]
    topic = TopicFactory(category=talk, author=authors[0], posts=2)
    for number in range(3, 7):
        PostFactory(topic=topic, number=number, author=authors[number % 3], answers=topic.posts.get(number=2))
    Topic.objects.update(last_number=6)
    recount.recount(repair=True)
    organiser = OrganiserFactory(group=group).member
    readers = {
        "visitor": None,
        "member": MemberFactory(trust=Member.Trust.KNOWN),
        "newcomer": MemberFactory(trust=Member.Trust.NEW),
        "of the group": MembershipFactory(group=group).member,
        "author": authors[0],
        "another author": authors[1],
        "organiser": organiser,
        "moderator": MemberFactory(is_moderator=True),
    }
    return {
        "topic": topic,
        "talk": talk,
        "group": group,
        "authors": authors,
        "readers": readers,
        "organiser": organiser,
    }


def deeds(world: dict[str, Any], dice: random.Random, at: Any) -> list[Callable[[], Any]]:
    """What may happen next, whoever does it."""
    topic = Topic.objects.select_related("category__group").get(pk=world["topic"].pk)
    people = [*world["authors"], *(each for each in world["readers"].values() if each)]
    who, other = dice.sample(people, 2)
    post = dice.choice(list(topic.posts.select_related("author", "topic__category__group")))
    organiser, group, key = world["organiser"], world["group"], f"{dice.random()}"
    hide, react = dice.random() < 0.5, dice.random() < 0.7
    everyone, closed = world["talk"], MembersOnlyFactory(group=group)
    return [
        lambda: posts.reply(author=who, topic=topic, body=f"Said {key}.", client_key=key, at=at, answers=post),
        lambda: posts.reply(author=who, topic=topic, body=POLL, client_key=key, at=at),
        lambda: posts.edit(author=post.author, post=post, body=f"Changed {key}.", at=at),
        lambda: posts.edit(author=topic.author, post=topic.posts.get(number=1), body="x", title=f"T {key}", at=at),
        lambda: reactions.react(member=who, post=post, kind="thanks", is_on=react, at=at),
        lambda: posts.remove(author=post.author, post=post, at=at),
        lambda: undo.put_back(actor=organiser, post=post, at=at),
        lambda: (posts.hide if hide else posts.restore)(post_id=post.pk, at=at),
        lambda: (topics.hide if hide and react else topics.restore)(topic_id=topic.pk, at=at),
        lambda: solving.mark(actor=organiser, post=post, at=at),
        lambda: solving.unmark(actor=organiser, topic=topic, at=at),
        lambda: topics.pin(actor=organiser, topic=topic, is_pinned=hide, at=at),
        lambda: (topics.close if hide else topics.reopen)(actor=organiser, topic=topic, at=at),
        lambda: (keeping.archive if hide and react else keeping.unarchive)(actor=organiser, topic=topic, at=at),
        lambda: wiki.mark(actor=organiser, post=post, is_wiki=hide, at=at),
        lambda: moving.move(actor=organiser, topic=topic, place=closed if hide else everyone, at=at, is_meant=True),
        lambda: blocks.block(member=who, other=other, at=at),
        lambda: blocks.unblock(member=who, other=other),
        lambda: profile.update(member=who, values={"display_name": f"Name {key}"}),
        lambda: bookmarks.keep(member=who, post=post, note="", remind_at=None, at=at),
        lambda: following.topic(member=who, topic=topic, level=Reading.Level.MUTED, at=at),
        lambda: whispers.say(
            author=organiser, topic=topic, body="Between us.", client_key=key, at=at, after=post.number
        ),
        lambda: memberships.join(member=who, group=group, at=at),
        lambda: memberships.leave(member=who, group=group, at=at),
        lambda: sanctions.impose(
            actor=world["readers"]["moderator"],
            member=who,
            kind="silence",
            group=group,
            reason="Rest.",
            ends_at=None,
            at=at,
        ),
    ]


def seen(client: Any, address: str, settings: Any, *, kept: bool) -> str:
    settings.KEEP_PAGES = kept
    page = client.get(address)
    return f"{page.status_code} {page.get('Location', '')} {OWN.sub('', page.content.decode())}"


@pytest.mark.parametrize("seed", SEEDS)
def test_kept_pages_look_as_if_they_were_not(
    seed, world, client, signed_in, settings, at, django_capture_on_commit_callbacks
):
    dice, done = random.Random(seed), 0
    doors = {name: signed_in(who) if who else client for name, who in world["readers"].items()}
    with time_machine.travel(at, tick=False):
        for _ in range(ROUNDS):
            with django_capture_on_commit_callbacks(execute=True):
                settings.KEEP_PAGES = False
                try:
                    dice.choice(deeds(world, dice, at))()
                    done += 1
                except NotAllowed:
                    pass
            address = Topic.objects.get(pk=world["topic"].pk).get_absolute_url()
            with django_capture_on_commit_callbacks(execute=True):
                for door in doors.values():
                    door.get(address)  # the read mark moves once
            for name, door in doors.items():
                for path in (address, "/forum/"):
                    first, again = (seen(door, path, settings, kept=True) for _ in range(2))
                    plain = seen(door, path, settings, kept=False)
                    assert first == plain, (name, path)
                    assert again == plain, (name, path)
    assert done


def test_nobodys_marks_are_anybody_elses(world, signed_in, settings, at):
    settings.KEEP_PAGES = True
    post = Post.objects.get(topic=world["topic"], number=2)
    mine, theirs = (signed_in(world["readers"][name]) for name in ("member", "of the group"))
    bookmarks.keep(member=world["readers"]["member"], post=post, note="", remind_at=None, at=at)
    blocks.block(member=world["readers"]["member"], other=post.author, at=at)
    address = world["topic"].get_absolute_url()
    for door, is_marked in ((mine, True), (theirs, False), (mine, True), (theirs, False)):
        text = door.get(address).content.decode()
        assert ("Kept</a>" in text, "You have blocked" in text) == (is_marked, is_marked)


def test_each_reader_sends_their_own_token(world, signed_in, settings):
    settings.KEEP_PAGES, tokens = True, []
    for name in ("of the group", "author", "organiser"):
        text = signed_in(world["readers"][name]).get(world["topic"].get_absolute_url()).content.decode()
        sent = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        [secret] = {
            _unmask_cipher_token(token) for token in sent
        }  # each is masked anew; what it hides is the session's
        assert len(sent) > 5
        assert drawn.TOKEN not in text
        tokens.append(secret)
    assert len(set(tokens)) == 3
