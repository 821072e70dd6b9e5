"""The two databases' own full-text search: which posts match, how well, and where in the text.

Only the newest matches (`NEWEST` texts, `NEWEST_TITLES` titles) are ranked: a common word costs what a rare one does.
What is found by its title has no post yet (0): that is looked up for the few that are shown.
"""

# The statements are put together from the conditions of `filters` and `sight` alone; whatever was typed is a parameter,
# or quoted by the driver.
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection
from psycopg.sql import quote

from forum.search.filters import Narrowed
from forum.search.question import Question
from forum.search.sight import Sight
from notifications.queries.among import among, listed

NEWEST = 200
NEWEST_TITLES = 100
BEST_TITLES = 40
MOST = 120
"""Topics a search answers with, over all its pages."""
TITLE_WEIGHT = 3
OPEN, SHUT = "\ue000", "\ue001"
"""Set around a match by the database, in characters nobody types; they become `<mark>` after escaping."""

_SQLITE = """
SELECT CASE WHEN id > 0 THEN id ELSE {first} END FROM (
SELECT topic_id, id, max(score) AS score FROM (
  SELECT * FROM (
    SELECT post.topic_id AS topic_id, post.id AS id, -bm25(forum_post_words) AS score FROM forum_post_words
    JOIN forum_post post ON post.id = forum_post_words.rowid JOIN forum_topic topic ON topic.id = post.topic_id
    WHERE forum_post_words MATCH %(query)s AND {texts} ORDER BY forum_post_words.rowid DESC LIMIT {newest})
  UNION ALL
  SELECT * FROM (
    SELECT id, 0, score FROM (
      SELECT topic.id AS id, {weight} * -bm25(forum_topic_words) AS score FROM forum_topic_words
      JOIN forum_topic topic ON topic.id = forum_topic_words.rowid
      WHERE forum_topic_words MATCH %(query)s AND {titles} ORDER BY forum_topic_words.rowid DESC LIMIT {newest_titles})
    ORDER BY score DESC, id DESC LIMIT {best_titles})
) found GROUP BY topic_id ORDER BY score DESC, id DESC, topic_id DESC {some}) best
"""
# The question stands in each place as a constant, in the text of the statement: so the planner knows how common its
# words are, and walks the key backwards for a common one, but reads the index for a rare one. A plan for all words,
# which PostgreSQL may settle for where the words are a parameter, is slow for one or the other.
_POSTGRESQL = """
SELECT CASE WHEN id > 0 THEN id ELSE {first} END FROM (
SELECT * FROM (
  SELECT DISTINCT ON (topic_id) topic_id, id, score FROM (
    SELECT topic_id, id, ts_rank(words, {query}) AS score FROM (
      SELECT post.id, post.topic_id, post.words FROM forum_post post JOIN forum_topic topic ON topic.id = post.topic_id
      WHERE post.words @@ {query} AND {texts} ORDER BY post.id DESC LIMIT {newest}) said
    UNION ALL
    (SELECT id, 0, {weight} * ts_rank(words, {query}) AS score FROM (
      SELECT topic.id, topic.words FROM forum_topic topic
      WHERE topic.words @@ {query} AND {titles} ORDER BY topic.id DESC LIMIT {newest_titles}) named
     ORDER BY score DESC, id DESC LIMIT {best_titles})
  ) found ORDER BY topic_id, score DESC, id DESC
) one_a_topic ORDER BY score DESC, id DESC, topic_id DESC {some}) best
"""
_FIRST = """
(SELECT post.id FROM forum_post post {there} WHERE post.topic_id = best.topic_id AND post.number = 1 AND {texts})
"""
"""Of a topic that is found by its title."""
_THERE = "JOIN forum_topic topic ON topic.id = post.topic_id"
_WITHOUT_WORDS = """
SELECT max(id) FROM (
  SELECT post.topic_id, post.id FROM forum_post post JOIN forum_topic topic ON topic.id = post.topic_id
  WHERE {texts} ORDER BY post.id DESC LIMIT {newest}
) found GROUP BY topic_id ORDER BY 1 DESC {some}
"""
_SQLITE_LACKING = "{it}.id NOT IN (SELECT rowid FROM forum_{it}_words WHERE forum_{it}_words MATCH %(lack)s)"
_POSTGRESQL_LACKING = "NOT {it}.words @@ (SELECT websearch_to_tsquery('english', %(lack)s))"
_SHOWN = """
SELECT post.id, post.topic_id, post.number, post.created_at, topic.title, topic.slug,
  topic.category_id,
  (SELECT display_name FROM community_member WHERE id = post.author_id),
  (SELECT handle FROM community_member WHERE id = post.author_id),
  (SELECT departed_at IS NOT NULL FROM community_member WHERE id = post.author_id), {excerpt}
FROM forum_post post JOIN forum_topic topic ON topic.id = post.topic_id
WHERE {these} AND {sure}
"""
"""Asked by the keys of what was found, apart from the finding: its plan is the same for all words, and is kept.

Authors are looked up one by one: for a join PostgreSQL reads all members where there are a thousand.
"""
_OPENING = "substr(post.body, 1, 2000)"
"""Shown of a text in which no word matched; it is cut further when its marks are taken out."""
_SQLITE_EXCERPT = """
coalesce((SELECT snippet(forum_post_words, 0, %(open)s, %(shut)s, '…', 28) FROM forum_post_words
          WHERE forum_post_words MATCH %(query)s AND rowid = post.id), {opening})
"""
_POSTGRESQL_EXCERPT = """
CASE WHEN post.words @@ websearch_to_tsquery('english', %(query)s)
  THEN ts_headline('english', post.body, websearch_to_tsquery('english', %(query)s), %(options)s) ELSE {opening} END
"""
_OPTIONS = f"StartSel={OPEN}, StopSel={SHUT}, MaxWords=34, MinWords=18, ShortWord=0"


class Row(NamedTuple):
    """A post as a list of hits shows it; `excerpt` holds its matches between `OPEN` and `SHUT`."""

    post: int
    topic: int
    number: int
    at: datetime
    title: str
    slug: str
    place: int
    display_name: str
    handle: str
    is_departed: bool
    excerpt: str


def hits(asked: Question, narrowed: Narrowed, sight: Sight, *, limit: int, skip: int) -> tuple[list[Row], bool]:
    """The best topics first, of each the post that matches best (the first one where its title does); two queries.

    They hold all the terms and are within `sight`. `skip` of them were shown before; there are `MOST` in all. The
    second answer: do more follow? One query more where the first post of one of them may not be shown.
    """
    most = skip + limit + 1
    found = _found(asked, narrowed, sight, most)
    if None in found:
        found = _found(asked, narrowed, sight, MOST)
    keys = [key for key in found if key is not None][skip:most]
    if not keys:
        return [], False
    values = {"query": _spelled(asked), "open": OPEN, "shut": SHUT, "options": _OPTIONS, "keys": listed(keys[:limit])}
    with connection.cursor() as cursor:
        cursor.execute(_showing(asked, sight), values)
        rows = {row[0]: Row(*row)._replace(at=_moment(row[3])) for row in cursor.fetchall()}
    return [rows[key] for key in keys[:limit] if key in rows], len(keys) > limit


def _found(asked: Question, narrowed: Narrowed, sight: Sight, most: int) -> list[int | None]:
    """The keys of posts, the best first; None for a topic found by its title whose first post may not be shown."""
    with connection.cursor() as cursor:
        values = {"query": _spelled(asked), "lack": _any_of(asked.without), **sight.values, **narrowed.values}
        cursor.execute(_finding(asked, narrowed, sight, most), values)
        return [key for (key,) in cursor.fetchall()]


def _finding(asked: Question, narrowed: Narrowed, sight: Sight, most: int) -> str:
    found = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    only = ("FALSE" if asked.terms else "post.number = 1") if narrowed.is_title_only else "TRUE"
    texts = [only, sight.of_topics, sight.of_posts, *(each.format(it="post") for each in narrowed.where)]
    if asked.without and not asked.terms:
        texts.append(_lacking(is_title=narrowed.is_title_only))
    return (found if asked.terms else _WITHOUT_WORDS).format(
        first=_FIRST.format(texts=sight.of_posts, there=_THERE if "topic." in sight.of_posts else ""),
        query=f"websearch_to_tsquery('english', {_constant(_spelled(asked))})",
        texts=" AND ".join(texts),
        titles=" AND ".join([sight.of_topics, *(each.format(it="topic") for each in narrowed.where)]),
        newest=NEWEST,
        newest_titles=NEWEST_TITLES,
        best_titles=BEST_TITLES,
        weight=TITLE_WEIGHT,
        some=f"LIMIT {min(most, MOST)}",
    )


def _showing(asked: Question, sight: Sight) -> str:
    excerpt = _SQLITE_EXCERPT if connection.vendor == "sqlite" else _POSTGRESQL_EXCERPT
    return _SHOWN.format(
        excerpt=(excerpt if asked.terms else "{opening}").format(opening=_OPENING),
        these=among("post.id", "keys"),
        sure=sight.is_sure,
    )


def _lacking(*, is_title: bool) -> str:
    """None of the words to leave out stands in the text, or the title."""
    lacking = _SQLITE_LACKING if connection.vendor == "sqlite" else _POSTGRESQL_LACKING
    return lacking.format(it="topic" if is_title else "post")


def _any_of(words: Iterable[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)


def _moment(value: datetime) -> datetime:
    """SQLite does not say that its moments are in UTC."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _constant(text: str) -> str:
    """The text as it stands in a statement of PostgreSQL, quoted by its driver in the way of this very connection."""
    if connection.vendor == "sqlite":
        return ""
    connection.ensure_connection()
    return quote(text, connection.connection).replace("%", "%%")


def _spelled(asked: Question) -> str:
    """The words in the database's own spelling: all of these, and then none of those."""
    terms = " ".join(f'"{term}"' for term in asked.terms)
    minus = " NOT " if connection.vendor == "sqlite" else " -"
    return terms + "".join(f'{minus}"{term}"' for term in asked.without)
