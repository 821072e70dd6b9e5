"""Bringing in what was said elsewhere: threads and dates as they were, each post once, nobody told."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.text import slugify

from community.models import Member
from community.queries import accounts
from community.text import RENDER_VERSION, Rendered, handles
from community.text.limits import TooLong
from community.text.render import render
from forum.actions import adding, enclosing, pictures, polls, referring, tags, trees, writing
from forum.actions.said import Outcome, Problem, Said
from forum.models import Category, Imported, Post, StandIn, Topic
from forum.text.polls import Parsed, Unclear, parse

LONGEST_KEY = 255
LONGEST_TITLE = 160


class Import:
    """One source into one place. A run that was cut off goes on where it stopped: each post is its own transaction."""

    def __init__(self, *, source: str, category: Category, at: datetime, dry_run: bool = False) -> None:
        """Nothing is read yet; `at` is when the stand-ins join."""
        self.source, self.category, self.at, self.dry_run = source, category, at, dry_run
        self.outcome = Outcome()
        self._authors: dict[str, Member | None] = {}
        self._seen: set[str] = set()

    def bring(self, things: Iterable[Said | Problem]) -> Iterator[None]:
        """Take one after the other; yields after each, so that somebody can count."""
        for thing in things:
            if isinstance(thing, Problem):
                self.outcome.problems.append(thing)
            else:
                self._take(thing)
            yield

    def _take(self, said: Said) -> None:
        if len(said.key) > LONGEST_KEY:
            self.outcome.problems.append(Problem(said.key[:60], "its key is too long"))
        elif said.key in self._seen or Imported.objects.filter(source=self.source, key=said.key).exists():
            self.outcome.same += 1
        else:
            try:
                render(said.body)
                self._write(said)
            except TooLong as error:
                self.outcome.problems.append(Problem(said.key, str(error)))

    def _write(self, said: Said) -> None:
        parent = self._parent(said)
        if parent and (parent.topic.hidden_at or parent.topic.deleted_at):
            self.outcome.problems.append(Problem(said.key, "its topic was taken down here"))
            return
        address = said.address if "@" in said.address else f"{self.source}/{said.address}"
        author = self._author(address)
        (self.outcome.stand_ins if author is None or hasattr(author, "stand_in") else self.outcome.members).add(address)
        begins = parent is None and not self._seen.intersection(said.parents)
        found = self._pictures(said)
        self.outcome.count(said, begins=begins)
        if self.dry_run:
            self._seen.add(said.key)
            return
        with transaction.atomic():
            author = author or self._stand_in(address, said.name)
            topic = writing.locked(parent.topic_id) if parent else self._topic(said, author)
            answers = parent if parent and parent.number > 1 else None
            body = referring.put(said.body, source=self.source, quoted=said.quoted, called=said.called)
            body, shown = enclosing.put(body, found, author=author, at=self.at)
            read = _read(body, author, said.at)
            rendered = render(read.text, pictures=shown)
            post = self._post(topic, replace(said, body=body), author, answers, rendered)
            pictures.tie(post, rendered.picture_keys)
            polls.settle(post, read.sketch, at=said.at)
            if said.is_answer and post.number > 1 and topic.solved_by_id is None:
                topic.solved_by = post
                topic.save(update_fields=["solved_by"])
            Imported.objects.create(source=self.source, key=said.key, post=post)

    def _pictures(self, said: Said) -> list[enclosing.Taken]:
        """Drawn anew before any lock is taken; those that stay out are said."""
        found = list(enclosing.taken(said.pictures))
        self.outcome.pictures += sum(each.file is not None for each in found)
        for each in found:
            if each.file is None:
                self.outcome.problems.append(Problem(said.key, f"its picture {each.came.name}: {each.why}"))
        return found

    def _parent(self, said: Said) -> Post | None:
        """The nearest post it answers that is here."""
        if not said.parents:
            return None
        rows = Imported.objects.filter(source=self.source, key__in=said.parents).select_related("post__topic")
        known = {row.key: row.post for row in rows}
        return next((known[key] for key in said.parents if key in known), None)

    def _topic(self, said: Said, author: Member) -> Topic:
        title = said.title[:LONGEST_TITLE]
        named = tags.bring(said.tags)
        topic = Topic.objects.create(
            category=self.category,
            author=author,
            title=title,
            slug=slugify(title, allow_unicode=True)[:120],
            created_at=said.at,
            last_posted_at=said.at,
            last_author=author,
            closed_at=said.at if said.is_closed else None,
        )
        if named:
            tags.put_on(topic, named)
        writing.shown_anew(topic)
        return topic

    def _post(self, topic: Topic, said: Said, author: Member, answers: Post | None, rendered: Rendered) -> Post:
        post = Post(
            topic=topic,
            author=author,
            number=topic.last_number + 1,
            answers=answers,
            body=said.body,
            body_html=rendered.html,
            render_version=RENDER_VERSION,
            path=trees.path_of(topic.last_number + 1, answers),
            client_key=f"import-{_digest(f'{self.source} {said.key}')}",
            created_at=said.at,
        )
        adding.put(post)
        return post

    def _author(self, address: str) -> Member | None:
        """The member who has proved this address, or the stand-in made before; None where one has to be made."""
        if self._authors.get(address) is None:
            stood = StandIn.objects.filter(address=address).select_related("member__stand_in").first()
            proved = accounts.proved([address]).get(address)
            self._authors[address] = proved or (stood.member if stood else None)
        return self._authors[address]

    def _stand_in(self, address: str, name: str) -> Member:
        handle = f"imported-{_digest(address)[:12]}"
        member = Member.objects.create_user(
            f"{handle}@imported.invalid",
            None,
            handle=handle,
            handle_key=handles.key(handle),
            is_handle_chosen=True,
            display_name=" ".join(name.split())[:80],
            is_active=False,
            is_listed_by_name=False,
            joined_at=self.at,
        )
        StandIn.objects.create(member=member, address=address)
        return member


def _read(body: str, author: Member, at: datetime) -> Parsed:
    """The text and its poll; what only looks like one, or closed before it was written, stays text."""
    try:
        read = parse(body)
    except Unclear:
        return Parsed(body)
    closes = read.sketch.closes if read.sketch else None
    return Parsed(body) if closes and closes.replace(tzinfo=ZoneInfo(author.time_zone)) <= at else read


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode(), digest_size=16).hexdigest()
