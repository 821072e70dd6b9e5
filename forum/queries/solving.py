"""The answer of a topic, as it stands under the question."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags

from community.registry import Label
from community.text.excerpt import shorten
from forum.models import Post, Topic


@dataclass(frozen=True, slots=True)
class Answer:
    """The post that was marked and its first words; none for a reader who has blocked its author."""

    post: Post
    label: Label | None
    excerpt: str


def answer_of(topic: Topic, said: Mapping[int, Label], blocked: Container[int]) -> Answer | None:
    """From a topic with its answer; no query. `said` are the labels of the authors on the page."""
    post = topic.solved_by
    if post is None:
        return None
    excerpt = "" if post.author_id in blocked else shorten(unescape(strip_tags(post.body_html)))
    return Answer(post, said.get(post.author_id), excerpt)
