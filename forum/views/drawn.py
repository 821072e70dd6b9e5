"""How the posts of a page look to one reader: drawn once for each way they may look, and kept with their rows.

A form carries the reader's token, so posts are drawn with a mark in its place that nobody can guess. So is the form
below them, while no draft waits in it.
"""

import secrets
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from forum import queries
from forum.forms.writing import ReplyForm, new_key
from forum.models import Place, Post, Topic
from forum.policies.answering import may_react
from forum.policies.keeping import may_change
from forum.policies.standing import Standing
from forum.policies.writing import may_edit, may_make_wiki, may_remove
from forum.queries.polls import Stand
from forum.queries.reactions import chips
from forum.views.answers import stands_on
from forum.views.drafting import Drafting

TOKEN, KEY = secrets.token_urlsafe(24), secrets.token_urlsafe(24)

PageOrTree = queries.Page | queries.Tree


def with_looks(
    request: HttpRequest, page: PageOrTree, who: Standing, context: dict[str, Any], at: datetime
) -> PageOrTree:
    """The page with how each post looks; `context` is what the page knows of its topic and of the reader in it."""
    looks = _Looks(
        page,
        who,
        {**context, "user": request.user, "csrf_token": TOKEN},
        stands_on(page, context["topic"], who, at),
        at,
    )
    token = get_token(request) if who.member else ""
    for entry in page.entries:
        if entry.post:
            entry.drawn = mark_safe(looks.of(entry, entry.post).replace(TOKEN, token))
    return page


def composer(request: HttpRequest, page: PageOrTree, topic: Topic) -> str:
    """The empty form for a reply, with a key of its own."""

    def draw() -> str:
        context = {
            "topic": topic,
            "drafting": Drafting(Place("topic", topic.pk)),
            "form": ReplyForm(initial={"client_key": KEY}),
            "action": reverse("forum:reply", args=[topic.pk]),
            "label": "Post the reply",
            "csrf_token": TOKEN,
        }
        return render_to_string("forum/parts/composer.html", context)

    text = page.rows.once("composer", draw)
    return mark_safe(text.replace(TOKEN, get_token(request)).replace(KEY, new_key()))


def stretches(page: PageOrTree, first_new: int) -> list[tuple[str, queries.Entry | None]]:
    """Posts that stand one after the other, and what breaks their row: the template has as much to do as there is."""
    found: list[tuple[str, queries.Entry | None]] = []
    row: list[str] = []
    for entry in page.entries:
        if entry.is_plain and entry.number != first_new and not (entry.number == 1 and page.answer):
            row.append(entry.drawn)
            continue
        found.append((mark_safe("\n".join(row)), entry))
        row = []
    return [*found, (mark_safe("\n".join(row)), None)]


@dataclass(slots=True)
class _Looks:
    """Draws; what `context` says of the reader, as far as a post shows it, is in `reader`."""

    page: PageOrTree
    who: Standing
    context: dict[str, Any]
    stands: dict[int, Stand]
    at: datetime
    reader: Hashable = ()
    said: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        asked = ("as_tree", "may_reply", "may_solve", "may_whisper")
        self.reader = (
            timezone.get_current_timezone_name(),
            self.who.member is not None,
            *(bool(self.context[name]) for name in asked),
        )
        for pk, kind in sorted(self.page.own.said):
            self.said.setdefault(pk, []).append(kind)

    def of(self, entry: queries.Entry, post: Post) -> str:
        """A post with a poll is drawn anew each time: how it stands is each reader's own."""
        own = post.author_id == self.who.member_id
        rights: dict[str, Any] = {
            "may_edit": bool(may_edit(self.who, post, self.at) and may_change(self.context["topic"])),
            "may_remove": bool(may_remove(self.who, post, self.context["topic"])),
            "may_make_wiki": bool(may_make_wiki(self.who, post)),
            "may_react": bool(may_react(self.who, post) and may_change(self.context["topic"])),
        }
        if post.pk in self.stands:
            return self._draw(entry, post, rights)
        marks = entry.is_new, entry.is_blocked, entry.is_kept, entry.has_context
        key = post.pk, self.reader, own, *rights.values(), *marks, *self.said.get(post.pk, ())
        return self.page.rows.once(key, lambda: self._draw(entry, post, rights))

    def _draw(self, entry: queries.Entry, post: Post, rights: dict[str, Any]) -> str:
        said = tuple(chips(post, self.page.own.said))
        shown = replace(entry, chips=said, stand=self.stands.get(post.pk), **rights)
        return render_to_string("forum/parts/post.html", {**self.context, "entry": shown, "post": post})
