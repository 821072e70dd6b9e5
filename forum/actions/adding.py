"""A post goes into its topic: its row, and all that counts it, in one trip to the database."""

import json

from django.db import connection

from community.actions import at_once
from community.actions.at_once import Change
from forum.actions import tallies
from forum.models import Post

_POST = """
INSERT INTO forum_post (topic_id, author_id, number, path, answers_id, body, body_html, render_version, reactions,
  client_key, version, is_wiki, created_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_TOPIC = """
UPDATE forum_topic SET last_number = %s, last_shown_number = %s, post_count = post_count + 1, last_posted_at = %s,
  last_author_id = %s WHERE id = %s
"""
_CATEGORY = """
UPDATE forum_category SET post_count = post_count + 1, topic_count = topic_count + %s,
  last_posted_at = CASE WHEN last_posted_at > %s THEN last_posted_at ELSE %s END WHERE id = %s
"""


def put(post: Post, *more: Change) -> None:
    """Write a post that is not written yet into its locked topic, and count it; `more` goes along with it."""
    topic, moment = post.topic, connection.ops.adapt_datetimefield_value(post.created_at)
    where = topic.pk, post.author_id, post.number, post.path, post.answers_id
    said = post.body, post.body_html, post.render_version, json.dumps(post.reactions), post.client_key
    post.pk = at_once.insert(
        Change(_POST, [*where, *said, post.version, post.is_wiki, moment]),
        Change(_TOPIC, [post.number, post.number, moment, post.author_id, topic.pk]),
        Change(_CATEGORY, [1 if post.number == 1 else 0, moment, moment, topic.category_id]),
        tallies.one_more(topic.pk, post.created_at),
        *more,
    )
    post._state.adding = False  # noqa: SLF001  (as after an insert by Django)
    topic.last_number, topic.last_posted_at, topic.last_author = post.number, post.created_at, post.author
    topic.last_shown_number, topic.post_count = post.number, topic.post_count + 1
