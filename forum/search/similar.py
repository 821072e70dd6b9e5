"""Topics like one that is being written, or like one that was read: by the words of titles, and by tags."""

import re

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from community.models import Member
from forum.models import Category, Tagging, Topic
from live.changes import EVERYTHING
from live.kept import Kept

SHOWN = 5
MOST_WORDS = 8
CANDIDATES = 60
TAG_WEIGHT = 2
_related: Kept[list[Topic]] = Kept(most=500)
_WORD = re.compile(r"\w{3,}")
_STEM = 5
"""Letters by which two words of titles count as one: backup, backups."""

_SQLITE = "SELECT rowid FROM forum_topic_words WHERE forum_topic_words MATCH %s ORDER BY rank LIMIT %s"
_POSTGRESQL = """
WITH asked AS (SELECT to_tsquery('english', %s) AS query)
SELECT id FROM (
  SELECT t.id, ts_rank(t.words, asked.query) AS score FROM forum_topic t, asked
  WHERE t.words @@ asked.query ORDER BY t.id DESC LIMIT 1000
) newest ORDER BY score DESC LIMIT %s
"""


def similar(member: Member | None, title: str) -> list[Topic]:
    """Topics the member may see whose titles share words with this one, the likest first; one query at most."""
    words = _words(title)
    if not words:
        return []
    return _likest(_visible(member).filter(_named(words)), words, [])


def related(topic: Topic, member: Member | None) -> list[Topic]:
    """What to read after a topic: the same words in the title, or the same tags.

    The likest are found once for all who ask, until anybody writes anywhere. Of those that not everybody may read the
    database is asked for each reader. No query where they are kept and open to all; two at most.
    """
    found = _related.get((topic.pk, topic.title, topic.tag_line), (EVERYTHING, "forum"), lambda: _like(topic))
    closed = [each.pk for each in found if each.category.visible_to_whom != Category.Audience.EVERYONE]
    seen = set(_visible(member).filter(pk__in=closed).values_list("pk", flat=True)) if closed else set()
    return [each for each in found if each.pk in seen or each.pk not in closed][:SHOWN]


def _like(topic: Topic) -> list[Topic]:
    words, tags = _words(topic.title), topic.tag_names
    if not words and not tags:
        return []
    wanted = _named(words) if words else Q()
    if tags:
        same = Tagging.objects.filter(tag__name__in=tags).order_by("-topic").values("topic")[:CANDIDATES]
        wanted |= Q(pk__in=same)
    rows = Topic.objects.counted().select_related("category__group")
    return _likest(rows.filter(wanted).exclude(pk=topic.pk), words, tags, CANDIDATES)


def _visible(member: Member | None) -> QuerySet[Topic]:
    return Topic.objects.visible_to(member).counted().select_related("category__group")


def _named(words: list[str]) -> Q:
    if connection.vendor == "sqlite":
        return Q(pk__in=RawSQL(_SQLITE, [" OR ".join(f'"{word}"' for word in words), CANDIDATES]))  # noqa: S611  (values are bound)
    return Q(pk__in=RawSQL(_POSTGRESQL, [" | ".join(f"'{word}'" for word in words), CANDIDATES]))  # noqa: S611


def _likest(rows: QuerySet[Topic], words: list[str], tags: list[str], shown: int = SHOWN) -> list[Topic]:
    stems = {word[:_STEM] for word in words}
    scored = []
    for topic in rows.order_by("-last_posted_at", "-pk")[: 2 * CANDIDATES]:
        common = len(stems & {word[:_STEM] for word in _words(topic.title)})
        score = common + TAG_WEIGHT * len({*tags} & {*topic.tag_names})
        if score:
            scored.append((score, topic))
    scored.sort(key=lambda pair: -pair[0])
    return [topic for _score, topic in scored[:shown]]


def _words(title: str) -> list[str]:
    found = dict.fromkeys(word for word in _WORD.findall(title.casefold()) if word not in _COMMON)
    return sorted(found, key=len, reverse=True)[:MOST_WORDS]


_COMMON = frozenset(
    """
    about and any anyone are but can could did does for from has have how its not our out really should some than that
    the their them then there these they this was what when where which who why will with would you your
    """.split()  # noqa: SIM905  (a list of words reads better as words)
)
"""They say nothing about what a topic is about."""
