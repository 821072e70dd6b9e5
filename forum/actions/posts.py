"""Reply, edit, remove; hide and restore for moderation."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from community.models import Member
from community.text.pictures import ROOT as PICTURES
from community.verdicts import NotAllowed, no
from forum import notices
from forum.actions import continuing, counters, drafts, history, pictures, polls, writing
from forum.models import Post, Topic
from forum.policies import pace
from forum.policies.keeping import may_change
from forum.policies.slow import may_write_again
from forum.policies.standing import standing_as, standing_of
from forum.policies.writing import may_edit, may_remove, may_reply
from forum.queries.history import hands
from forum.queries.mine import Mine, mine_in


class Closed(NotAllowed):
    """The topic was closed, perhaps while the reply was being written."""


class Overtaken(Exception):  # noqa: N818  (it says the outcome)
    """Someone changed the post since this form was opened; `post` is as it stands now."""

    def __init__(self, post: Post) -> None:
        """Keep the post."""
        super().__init__("The post was changed meanwhile.")
        self.post = post


def reply(
    *,
    author: Member,
    topic: Topic,
    body: str,
    client_key: str,
    at: datetime,
    answers: Post | None = None,
    read: Mine | None = None,
) -> Post:
    """Write the next post; the same form sent again answers the first. Raises `NotAllowed`, `Closed`, `Reused`.

    `read` is how the topic stood for its author when it was read, where that is known; then it is not asked again.
    """
    try:
        _ask_to_reply(author, topic, answers, at, read or mine_in(author, topic.pk))
        pace.may_write_now(author, at).or_refuse()
        rendered = writing.prepare(author, body, topic.category)
        with transaction.atomic():
            topic, mine = writing.locked_as_read(topic, author, read)
            _ask_to_reply(author, topic, answers, at, mine)
            post = writing.add(
                topic,
                author=author,
                body=body,
                rendered=rendered,
                client_key=client_key,
                at=at,
                answers=answers,
                follows=True,
            )
            if mine is None or mine.has_draft:
                drafts.posted(member=author, client_key=client_key)
            notices.replied(post, topic, rendered, at=at)
            continuing.turn(topic, post, at=at)
    except (NotAllowed, IntegrityError):
        # A retry may be refused, for its first try was taken; else the key, which is written once, refuses it.
        if earlier := writing.earlier(author, client_key, body):
            return earlier
        raise
    return post


def edit(
    *,
    author: Member,
    post: Post,
    body: str,
    at: datetime,
    title: str = "",
    reason: str = "",
    version: int | None = None,
    client_key: str = "",
) -> Post:
    """Change a post, and with one's own first one the title; what it said is kept. Raises `NotAllowed`, `Overtaken`.

    `version` is the one the form began from; without it the last writer wins. Nothing changed, nothing is written.
    `client_key` is the form's: a draft of it goes.
    """
    group = post.topic.category.group
    may_edit(standing_of(author, group, at), post, at).or_refuse()
    pace.may_change_now(author, at).or_refuse()
    rendered = writing.prepare(author, body, post.topic.category, hands([post])[post.pk])
    with transaction.atomic():
        topic = writing.locked(post.topic_id)
        post = _again(post, topic)
        may_edit(standing_of(author, group, at), post, at).or_refuse()
        may_change(topic).or_refuse()
        title = title if title and post.number == 1 and post.author_id == author.pk else topic.title
        drafts.posted(member=author, client_key=client_key)
        if (post.body, topic.title) == (body, title):
            return post
        if version is not None and version != post.version:
            raise Overtaken(post)
        polls.settle(post, polls.read(body).sketch, at=at)
        if rendered.picture_keys or PICTURES in post.body:
            pictures.tie(post, rendered.picture_keys)
        text = history.keep(post, topic, editor=author, body=body, title=title, reason=reason, at=at)
        post.body, post.body_html, post.version = body, rendered.html, post.version + 1
        post.render_version = writing.RENDER_VERSION
        post.save(update_fields=["body", "body_html", "edited_at", "render_version", "version"])
        if title != topic.title:
            topic.title, topic.slug = title, slugify(title, allow_unicode=True)[:120]
            topic.save(update_fields=["title", "slug"])
        notices.edited(post, topic, rendered, text, editor=author, at=at)
    return post


def remove(*, author: Member, post: Post, at: datetime) -> None:
    """Take one's own post down; the row stays. A first post without answers takes its topic along."""
    with transaction.atomic():
        topic = writing.locked(post.topic_id)
        post = _again(post, topic)
        if post.deleted_at:
            return
        may_remove(standing_of(author, topic.category.group, at), post, topic).or_refuse()
        post.deleted_at = at
        post.save(update_fields=["deleted_at"])
        if post.hidden_at is None:
            counters.post_changed(topic, -1)
        if post.number == 1:
            _remove_with_its_topic(topic, at)
        notices.changed(post)
        _silence(post)


def hide(*, post_id: int, at: datetime) -> None:
    """Fold a post away after a decision; may run twice. Its author is told by `moderation`."""
    _set_hidden(post_id, at)


def restore(*, post_id: int, at: datetime) -> None:
    """Undo `hide`; may run twice."""
    _set_hidden(post_id, None)


def _set_hidden(post_id: int, hidden_at: datetime | None) -> None:
    with transaction.atomic():
        topic = writing.locked(Post.objects.values_list("topic", flat=True).get(pk=post_id))
        post = Post.objects.get(pk=post_id)
        if (post.hidden_at is None) == (hidden_at is None):
            return
        post.hidden_at = hidden_at
        post.save(update_fields=["hidden_at"])
        if post.deleted_at is None:
            counters.post_changed(topic, -1 if hidden_at else 1)
        notices.changed(post)
        if hidden_at:
            _silence(post)


def _silence(post: Post) -> None:
    """Nobody reads in their inbox what they may not read here; put back, it is read here."""
    notices.silenced(post, *post.revisions.values_list("number", flat=True))


def _ask_to_reply(author: Member, topic: Topic, answers: Post | None, at: datetime, mine: Mine | None) -> None:
    role, is_judged = (mine.role, mine.is_judged) if mine else ("", True)
    who = standing_as(author, topic.category.group, at, role=role, is_judged=is_judged)
    verdict = may_reply(who, topic)
    if not verdict and topic.closed_at:
        raise Closed(verdict.reason)
    verdict.or_refuse()
    may_write_again(who, topic, at).or_refuse()
    if answers is not None and answers.topic_id != topic.pk:
        no("The post you are answering is in another topic.").or_refuse()


def _again(post: Post, topic: Topic) -> Post:
    return topic.posts.select_related("author", "topic__category__group").get(pk=post.pk)


def _remove_with_its_topic(topic: Topic, at: datetime) -> None:
    was_counted = topic.hidden_at is None
    topic.refresh_from_db(fields=["post_count"])
    topic.deleted_at = at
    topic.save(update_fields=["deleted_at"])
    if was_counted:
        counters.topic_changed(topic, -1)
