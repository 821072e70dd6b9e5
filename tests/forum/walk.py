"""A random walk through the forum: act after act by one of several people, as far as the rules let them."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from community.models import Member
from community.verdicts import NotAllowed
from forum.actions import bookmarks, keeping, moving, posts, reactions, solving, tags, topics, undo, votes, wiki
from forum.models import Ballot, Bookmark, Category, Poll, Post, Reaction, Tag, Topic

POLL = "\n\n::: poll Which evening?\nchoose: {kind}\n- Tuesday\n- Wednesday\n- {step}\n:::\n"
NAMES = ["backup", "network", "printers", "e-mail", "routers", "licences", "telephony"]
ACTS = {
    "open": 3,
    "reply": 12,
    "edit": 3,
    "remove": 3,
    "put_back": 3,
    "hide": 2,
    "restore": 2,
    "hide_topic": 1,
    "restore_topic": 1,
    "move": 2,
    "split": 2,
    "merge": 1,
    "react": 4,
    "take_reaction_back": 1,
    "forget_reactions": 0.1,
    "vote": 2,
    "take_vote_back": 0.5,
    "tag": 2,
    "rename_tag": 0.2,
    "solve": 2,
    "unsolve": 0.5,
    "keep": 1,
    "let_go": 0.5,
    "close": 0.5,
    "reopen": 1,
    "archive": 0.3,
    "unarchive": 1,
    "make_wiki": 0.5,
}
"""How often each is tried, against the others."""


class Walk:
    """`step` takes one act; the first of `people` moderates the site, so that somebody may do everything."""

    def __init__(self, seed: int, people: Sequence[Member], places: Sequence[Category], at: datetime) -> None:
        """Begin at a moment; each try is a while later."""
        self.chance = random.Random(seed)
        self.people, self.places, self.at = list(people), list(places), at
        self.acts = dict(ACTS)
        self.pauses, self.tries = [1, 10, 30, 90], 0

    def step(self) -> str:
        """Do something that the rules allow, whatever was refused before; answers what was done."""
        while True:
            self.tries += 1
            self.wait()
            (act,) = self.chance.choices(list(self.acts), list(self.acts.values()))
            try:
                getattr(self, act)(self.chance.choice(self.people))
            except NotAllowed:
                continue
            return act

    def wait(self) -> None:
        """Some minutes go by."""
        self.at += timedelta(minutes=self.chance.choice(self.pauses))

    def one(self, rows: "QuerySet[Any]") -> Any:
        """Any of these; what needs one that is not there is refused."""
        keys = list(rows.order_by("pk").values_list("pk", flat=True).distinct())
        if not keys:
            raise NotAllowed("There is none.")
        return rows.model._default_manager.get(pk=self.chance.choice(keys))

    def body(self, *, has_poll: bool) -> str:
        """Some words, and perhaps a poll; no two alike."""
        kind = self.chance.choice(["one", "several", "ranked"])
        return f"Words {self.tries}" + (POLL.format(kind=kind, step=self.tries) if has_poll else "")

    def names(self) -> list[str]:
        """Up to three tags."""
        return self.chance.sample(NAMES, self.chance.randint(0, 3))

    def open(self, who: Member) -> Topic:
        place, body = self.one(Category.objects.open_to(who)), self.body(has_poll=self.chance.random() < 0.2)
        title, key = f"Topic {self.tries}", f"{self.tries}"
        return topics.open(
            author=who, category=place, title=title, body=body, client_key=key, at=self.at, tags=self.names()
        )

    def reply(self, who: Member) -> Post:
        topic = self.one(Topic.objects.visible_to(who))
        answers = self.one(topic.posts.all()) if self.chance.random() < 0.7 else None
        body, key = self.body(has_poll=self.chance.random() < 0.1), f"{self.tries}"
        return posts.reply(author=who, topic=topic, body=body, client_key=key, at=self.at, answers=answers)

    def edit(self, who: Member) -> None:
        post = self.one(Post.objects.visible_to(who).filter(author=who))
        title = self.chance.choice(["", f"Renamed {self.tries}"])
        posts.edit(author=who, post=post, body=self.body(has_poll=self.chance.random() < 0.2), title=title, at=self.at)

    def remove(self, who: Member) -> None:
        posts.remove(author=who, post=self.one(Post.objects.filter(author=who, deleted_at=None)), at=self.at)

    def put_back(self, who: Member) -> None:
        undo.put_back(actor=who, post=self.one(Post.objects.exclude(deleted_at=None)), at=self.at)

    def hide(self, _who: Member) -> None:
        posts.hide(post_id=self.one(Post.objects.filter(hidden_at=None)).pk, at=self.at)

    def restore(self, _who: Member) -> None:
        posts.restore(post_id=self.one(Post.objects.exclude(hidden_at=None)).pk, at=self.at)

    def hide_topic(self, _who: Member) -> None:
        topics.hide(topic_id=self.one(Topic.objects.filter(hidden_at=None)).pk, at=self.at)

    def restore_topic(self, _who: Member) -> None:
        topics.restore(topic_id=self.one(Topic.objects.exclude(hidden_at=None)).pk, at=self.at)

    def move(self, _who: Member) -> None:
        topic, place = self.one(Topic.objects.all()), self.chance.choice(self.places)
        moving.move(actor=self.people[0], topic=topic, place=place, at=self.at, is_meant=True)

    def split(self, who: Member) -> tuple[Topic, Topic]:
        topic = self.one(Topic.objects.filter(last_number__gt=1))
        numbers = list(topic.posts.filter(number__gt=1).order_by("number").values_list("number", flat=True))
        some = self.chance.sample(numbers, self.chance.randint(0, len(numbers)))
        place, title = self.chance.choice([topic.category, *self.places]), f"Part {self.tries}"
        new = moving.split(
            actor=self.people[0], topic=topic, numbers=some, title=title, place=place, at=self.at, is_meant=True
        )
        return topic, new

    def merge(self, who: Member) -> tuple[Topic, Topic]:
        topic, into = self.one(Topic.objects.all()), self.one(Topic.objects.all())
        moving.merge(actor=self.people[0], topic=topic, into=into, at=self.at, is_meant=True)
        return topic, into

    def react(self, who: Member) -> None:
        kind = self.chance.choice(Reaction.Kind.values)
        reactions.react(member=who, post=self.one(Post.objects.visible_to(who)), kind=kind, is_on=True, at=self.at)

    def take_reaction_back(self, who: Member) -> None:
        row = self.one(Reaction.objects.filter(member=who))
        reactions.react(member=who, post=row.post, kind=row.kind, is_on=False, at=self.at)

    def forget_reactions(self, who: Member) -> None:
        reactions.forget(member=who, at=self.at)

    def vote(self, who: Member) -> None:
        poll = self.one(Poll.objects.filter(post__in=Post.objects.visible_to(who)))
        options = list(poll.options.order_by("pk").values_list("pk", flat=True))
        votes.vote(member=who, poll=poll, options=self.chance.sample(options, self.chance.randint(1, 3)), at=self.at)

    def take_vote_back(self, who: Member) -> None:
        votes.vote(member=who, poll=self.one(Ballot.objects.filter(member=who)).poll, options=[], at=self.at)

    def tag(self, who: Member) -> None:
        tags.retag(actor=who, topic=self.one(Topic.objects.visible_to(who)), names=self.names(), at=self.at)

    def rename_tag(self, who: Member) -> None:
        tag = self.one(Tag.objects.filter(merged_into=None))
        tags.rename(actor=who, tag=tag, name=self.chance.choice([*NAMES, f"tag{self.tries}"]))

    def solve(self, who: Member) -> None:
        solving.mark(actor=who, post=self.one(Post.objects.visible_to(who)), at=self.at)

    def unsolve(self, who: Member) -> None:
        solving.unmark(actor=who, topic=self.one(Topic.objects.visible_to(who).solved()), at=self.at)

    def keep(self, who: Member) -> None:
        bookmarks.keep(member=who, post=self.one(Post.objects.visible_to(who)), note="", remind_at=None, at=self.at)

    def let_go(self, who: Member) -> None:
        bookmarks.let_go(member=who, post=self.one(Bookmark.objects.filter(member=who)).post)

    def close(self, who: Member) -> None:
        topics.close(actor=who, topic=self.one(Topic.objects.filter(closed_at=None)), at=self.at)

    def reopen(self, who: Member) -> None:
        topics.reopen(actor=who, topic=self.one(Topic.objects.exclude(closed_at=None)), at=self.at)

    def archive(self, who: Member) -> None:
        keeping.archive(actor=who, topic=self.one(Topic.objects.filter(archived_at=None)), at=self.at)

    def unarchive(self, who: Member) -> None:
        keeping.unarchive(actor=who, topic=self.one(Topic.objects.exclude(archived_at=None)), at=self.at)

    def make_wiki(self, who: Member) -> None:
        wiki.mark(actor=who, post=self.one(Post.objects.filter(is_wiki=False)), is_wiki=True, at=self.at)
