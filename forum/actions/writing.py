"""Putting one post into a topic: what opening, replying and editing share."""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from community.actions import trust
from community.actions.at_once import Change
from community.models import Member
from community.text import RENDER_VERSION, Rendered
from community.text.limits import TooLong
from community.text.render import render
from community.verdicts import NotAllowed, no
from forum.actions import adding, pictures, polls, reading, trees
from forum.models import Category, Post, Reading, Topic
from forum.queries.mine import Mine, mine_in
from forum.queries.pictures import showable
from forum.queries.places import linkable
from live.changes import changed
from moderation import screening


class Reused(Exception):  # noqa: N818  (it says the outcome)
    """A form that was already sent came back with other words in it: nothing is lost, `post` is what was sent."""

    def __init__(self, post: Post) -> None:
        """Keep the post that the form made."""
        super().__init__("This form was sent once already.")
        self.post = post


def earlier(author: Member, client_key: str, body: str) -> Post | None:
    """The post this very form already made: a double click or a retry gets it back. Raises `Reused`."""
    post = Post.objects.filter(author=author, client_key=client_key).first()
    if post is not None and post.body != body and post.version == 1:
        raise Reused(post)
    return post


def prepare(author: Member, body: str, category: Category, hands: Iterable[Member] = ()) -> Rendered:
    """Render and screen, before any lock is taken; `hands` wrote parts of it before. Raises `NotAllowed`."""
    parsed = polls.read(body)
    try:
        rendered = render(parsed.text, author=author, places=linkable(category), pictures=showable(author), hands=hands)
    except TooLong as error:
        raise NotAllowed(str(error)) from error
    screened = screening.screen(author=author, rendered=rendered)
    if not screened.passes:
        no(screened.reason).or_refuse()
    if parsed.sketch and not rendered.excerpt:
        rendered = replace(rendered, excerpt=parsed.sketch.question)
    return rendered


def locked(pk: int) -> Topic:
    """The topic with its row locked: every writer comes here, so numbers never collide and no page stays old."""
    rows: QuerySet[Topic] = Topic.objects.select_for_update(of=("self",), no_key=True).select_related("category__group")
    topic = rows.get(pk=pk)
    shown_anew(topic)
    return topic


def locked_as_read(topic: Topic, author: Member, read: Mine | None) -> tuple[Topic, Mine | None]:
    """The same, with how it stands for its author now; one query where nothing changed since `topic` was `read`."""
    if read is not None:
        mine = mine_in(author, topic.pk, locks=True)
        if mine is not None and mine.stamp == read.stamp:
            shown_anew(topic)
            return copy(topic), mine
    return locked(topic.pk), mine_in(author, topic.pk)


def shown_anew(topic: Topic) -> None:
    """From the commit on visitors see it, and the lists it stands in, as they are now; a lock has said so already."""
    category = topic.category
    changed("forum", f"topic:{topic.pk}", f"category:{category.pk}", f"group:{category.group_id}")


def add(
    topic: Topic,
    *,
    author: Member,
    body: str,
    rendered: Rendered,
    client_key: str,
    at: datetime,
    answers: Post | None = None,
    follows: bool = False,
) -> Post:
    """Write the next post of a locked topic and count it; with `follows` its author follows the topic from now on."""
    number = topic.last_number + 1
    post = Post(
        topic=topic,
        author=author,
        number=number,
        answers=answers,
        path=trees.path_of(number, answers),
        body=body,
        body_html=rendered.html,
        render_version=RENDER_VERSION,
        client_key=client_key,
        created_at=at,
    )
    adding.put(post, *([_followed(post, at)] if follows else []))
    if rendered.picture_keys:
        pictures.tie(post, rendered.picture_keys)
    if sketch := polls.read(body).sketch:
        polls.settle(post, sketch, at=at)
    if author.trust == Member.Trust.NEW:
        trust.reckon(member=author, at=at)
    return post


def _followed(post: Post, at: datetime) -> Change:
    level = Reading.Level.WATCHING if post.number == 1 else Reading.Level.TRACKING
    return reading.wrote(member=post.author, topic=post.topic, number=post.number, level=level, at=at)
