"""One search over topics, meetups, groups and pages; what the reader may not see is not found."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import and_

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from wagtail.models import Page

from community.models import Group, Member
from forum import search as forum_search
from meetups.models import Meetup

KINDS = {"topics": "Topics", "meetups": "Meetups", "groups": "Groups", "pages": "Pages"}
FEW, MANY = 5, 40
TOPICS_A_PAGE = 10
LAST_PAGE = 12
"""What is ranked ends there."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of each kind; `kind` is "" where all were asked for. `asked` has words, filters and notes."""

    words: str
    kind: str = ""
    asked: forum_search.Question = field(default_factory=forum_search.Question)
    talk: forum_search.Found = field(default_factory=forum_search.Found)
    page: int = 1
    meetups: list[Meetup] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Anything at all."""
        return bool(self.talk.hits or self.meetups or self.groups or self.pages)

    @property
    def previous_page(self) -> int | None:
        """The page of topics before this one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        """The page of topics after this one."""
        return self.page + 1 if self.kind == "topics" and self.talk.has_more and self.page < LAST_PAGE else None


def find(member: Member | None, words: str, kind: str, at: datetime, page: int = 1) -> Found:
    """A few of each kind, or a page of one; at most ten queries and one a filter, none without words.

    Filters are those of the forum: where one is given, only topics are looked for.
    """
    asked = forum_search.parse(words)
    if not words:
        return Found("", kind)
    count, topics = (MANY, TOPICS_A_PAGE) if kind else (FEW, FEW)

    def wanted(name: str) -> bool:
        return kind in {"", name} and bool(asked.terms) and not asked.filters

    is_about_talk = kind in {"", "topics"} or bool(asked.filters)
    return Found(
        words,
        kind,
        asked,
        forum_search.find(member, asked, limit=topics, skip=topics * (page - 1))
        if is_about_talk
        else forum_search.Found(),
        page,
        meetups=list(meetups(member, asked.words, at)[:count]) if wanted("meetups") else [],
        groups=list(groups(member, asked.words)[:count]) if wanted("groups") else [],
        pages=pages(asked.words, count) if wanted("pages") else [],
    )


def _each_word(words: str, *fields: str) -> Q:
    """Every word stands in at least one of the fields."""

    def anywhere(word: str) -> Q:
        return reduce(lambda either, name: either | Q(**{f"{name}__icontains": word}), fields, Q())

    return reduce(and_, [anywhere(word) for word in words.split()[:8]])


def groups(member: Member | None, words: str) -> "QuerySet[Group]":
    """By name, town or shared problem; those that live here first."""
    rows = Group.objects.visible_to(member).filter(_each_word(words, "name", "place_name", "region", "topic"))
    elsewhere = Case(When(state=Group.State.LISTED, then=Value(1)), default=Value(0), output_field=IntegerField())
    return rows.order_by(elsewhere, "-member_count", "name")


def meetups(member: Member | None, words: str, at: datetime) -> "QuerySet[Meetup]":
    """By title, group or town; those to come first, soonest first, then the latest held."""
    rows = Meetup.objects.visible_to(member).filter(
        _each_word(words, "title", "about", "group__name", "group__place_name")
    )
    is_over = Case(When(ends_at__gt=at, then=Value(0)), default=Value(1), output_field=IntegerField())
    soonest = Case(When(ends_at__gt=at, then="starts_at"))
    return rows.select_related("group", "venue").order_by(is_over, soonest, "-starts_at")


def pages(words: str, count: int) -> list[Page]:
    """Published, public pages by Wagtail's own index, which takes words only: a lone quote upsets SQLite's."""
    plain = " ".join(re.findall(r"\w+", words))
    return list(Page.objects.live().public().filter(depth__gt=2).search(plain)[:count]) if plain else []
