"""A post that a floor above keeps up to date, such as the recap of a meetup: whoever may there, may change it here."""

from datetime import datetime

from django.db import transaction

from community.models import Member
from community.verdicts import NotAllowed
from forum import notices
from forum.actions import history, pictures, writing
from forum.models import Post
from forum.policies.keeping import may_change
from forum.queries.history import hands


def again(*, editor: Member, post: Post, body: str, at: datetime) -> Post:
    """Other words in its place; what it said is kept, with who changed it. Nothing changed, nothing is written.

    Who may is asked by the floor that owns the words. Raises `NotAllowed` where the post was taken down, or the topic
    is in the archive.
    """
    rendered = writing.prepare(editor, body, post.topic.category, hands([post])[post.pk])
    with transaction.atomic():
        topic = writing.locked(post.topic_id)
        may_change(topic).or_refuse()
        held = topic.posts.select_related("author", "topic__category__group").get(pk=post.pk)
        if held.deleted_at or held.hidden_at:
            raise NotAllowed("The post in the forum was taken down, so it can no longer be changed.")
        if held.body == body:
            return held
        pictures.tie(held, rendered.picture_keys)
        text = history.keep(held, topic, editor=editor, body=body, title=topic.title, reason="", at=at)
        held.body, held.body_html, held.version = body, rendered.html, held.version + 1
        held.render_version = writing.RENDER_VERSION
        held.save(update_fields=["body", "body_html", "edited_at", "render_version", "version"])
        notices.edited(held, topic, rendered, text, editor=editor, at=at)
    return held
