"""What machines read on a topic's page (schema.org, in JSON-LD): a conversation, or a question with its answer."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from forum import queries
from forum.models import Post, Topic

FIRST = 300
"""So many characters of each text."""
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(topic: Topic, page: queries.Page | queries.Tree) -> SafeString:
    """Only what a visitor may see. A script block of data runs nothing: the content security policy lets it be."""
    shown = [entry.post for entry in page.entries if entry.post and entry.post.hidden_at is None]
    first = shown[0] if shown and shown[0].number == 1 else None
    others = [post for post in shown if post.number > 1]
    answer = topic.solved_by if topic.solved_by and topic.solved_by.hidden_at is None else None
    about = {"@context": "https://schema.org"} | (
        _question(topic, first, others, answer) if answer else _conversation(topic, first, others)
    )
    return mark_safe(json.dumps(about, ensure_ascii=False).translate(_ESCAPES))


def _conversation(topic: Topic, first: Post | None, others: list[Post]) -> dict[str, Any]:
    return {
        "@type": "DiscussionForumPosting",
        "headline": topic.title,
        **_opening(topic, first),
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/CommentAction",
            "userInteractionCount": max(topic.post_count - 1, 0),
        },
        "comment": [_said("Comment", topic, post) for post in others],
    }


def _question(topic: Topic, first: Post | None, others: list[Post], answer: Post) -> dict[str, Any]:
    return {
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "name": topic.title,
            **_opening(topic, first),
            "answerCount": max(topic.post_count - 1, 0),
            "acceptedAnswer": _said("Answer", topic, answer),
            "suggestedAnswer": [_said("Answer", topic, post) for post in others if post.pk != answer.pk],
        },
    }


def _opening(topic: Topic, first: Post | None) -> dict[str, Any]:
    return {
        "text": first.body[:FIRST] if first else topic.title,
        "url": settings.BASE_URL + topic.get_absolute_url(),
        "datePublished": topic.created_at.isoformat(),
        "author": {"@type": "Person", "name": topic.author.shown_name},
    }


def _said(kind: str, topic: Topic, post: Post) -> dict[str, Any]:
    return {
        "@type": kind,
        "text": post.body[:FIRST],
        "url": settings.BASE_URL + reverse("forum:post", args=[topic.pk, topic.slug or "-", post.number]),
        "datePublished": post.created_at.isoformat(),
        "author": {"@type": "Person", "name": post.author.shown_name},
    }
