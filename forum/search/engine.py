"""The two databases' own full-text search: which posts match, how well, and where in the text.

Only the newest `NEWEST` matches are ranked, so a common word costs no more than a rare one.
"""

# The statements are put together from the conditions of `filters` alone; whatever was typed is a parameter.
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from forum.search.filters import Narrowed
from forum.search.question import Question

NEWEST = 1000
BEST = 120
TITLE_WEIGHT = 3
OPEN, SHUT = "\ue000", "\ue001"
"""Set around a match by the database, in characters nobody types; they become `<mark>` after escaping."""

_SQLITE = """
WITH named AS (
  SELECT topic.id AS id, {weight} * -bm25(forum_topic_words) AS score FROM forum_topic_words
  JOIN forum_topic topic ON topic.id = forum_topic_words.rowid
  WHERE forum_topic_words MATCH %(query)s AND {titles} ORDER BY forum_topic_words.rowid DESC LIMIT {newest})
SELECT id, max(score) FROM (
  SELECT * FROM (
    SELECT post.id AS id, -bm25(forum_post_words) AS score FROM forum_post_words
    JOIN forum_post post ON post.id = forum_post_words.rowid JOIN forum_topic topic ON topic.id = post.topic_id
    WHERE forum_post_words MATCH %(query)s AND {texts} ORDER BY forum_post_words.rowid DESC LIMIT {newest})
  UNION ALL
  SELECT post.id, best.score FROM (SELECT * FROM named ORDER BY score DESC, id DESC LIMIT {best}) best
  JOIN forum_post post ON post.topic_id = best.id AND post.number = 1
) found GROUP BY id ORDER BY 2 DESC, 1 DESC LIMIT {best}
"""
# The question stands in each place as a constant: so the planner knows how common its words are, and walks the key
# backwards for a common one, but reads the index for a rare one.
_POSTGRESQL = """
WITH said AS MATERIALIZED (
       SELECT post.id, post.words FROM forum_post post JOIN forum_topic topic ON topic.id = post.topic_id
       WHERE post.words @@ {query} AND {texts} ORDER BY post.id DESC LIMIT {newest}),
     named AS MATERIALIZED (
       SELECT topic.id, topic.words FROM forum_topic topic
       WHERE topic.words @@ {query} AND {titles} ORDER BY topic.id DESC LIMIT {newest}),
     best AS (
       SELECT id, {weight} * ts_rank(words, {query}) AS score FROM named ORDER BY 2 DESC, 1 DESC LIMIT {best})
SELECT id, max(score) FROM (
  SELECT id, ts_rank(words, {query}) AS score FROM said
  UNION ALL
  SELECT post.id, best.score FROM best JOIN forum_post post ON post.topic_id = best.id AND post.number = 1
) found GROUP BY id ORDER BY 2 DESC, 1 DESC LIMIT {best}
"""
_WITHOUT_WORDS = """
SELECT post.id, 0 FROM forum_post post JOIN forum_topic topic ON topic.id = post.topic_id
WHERE {texts} ORDER BY post.id DESC LIMIT {newest}
"""
_SQLITE_EXCERPTS = """
SELECT rowid, snippet(forum_post_words, 0, %(open)s, %(shut)s, '…', 28) FROM forum_post_words
WHERE forum_post_words MATCH %(query)s AND rowid IN (SELECT value FROM json_each(%(ids)s))
"""
_POSTGRESQL_EXCERPTS = """
SELECT post.id, ts_headline('english', post.body, {query}, %(options)s) FROM forum_post post
WHERE post.id = ANY(%(ids)s) AND post.words @@ {query}
"""
_QUERY = "websearch_to_tsquery('english', %(query)s)"


def matches(asked: Question, narrowed: Narrowed, places: Sequence[int]) -> list[int]:
    """Ids of posts in `places` that hold all the terms, or whose topic's title does; the best first."""
    is_sqlite = connection.vendor == "sqlite"
    here = "topic.category_id IN (SELECT value FROM json_each(%(places)s))"
    where = " AND ".join([here if is_sqlite else "topic.category_id = ANY(%(places)s)", *narrowed.where])
    texts = ("FALSE" if asked.terms else "post.number = 1") if narrowed.is_title_only else "post.deleted_at IS NULL"
    statement = ((_SQLITE if is_sqlite else _POSTGRESQL) if asked.terms else _WITHOUT_WORDS).format(
        query=_QUERY,
        texts=f"{texts} AND {where.format(it='post')}",
        titles=where.format(it="topic"),
        newest=NEWEST,
        best=BEST,
        weight=TITLE_WEIGHT,
    )
    listed = json.dumps(list(places)) if is_sqlite else list(places)
    return [pk for pk, _score in _ask(statement, asked, {"places": listed, **narrowed.values})]


def excerpts(asked: Question, ids: Sequence[int]) -> dict[int, str]:
    """The part of each text around its matches, each match between `OPEN` and `SHUT`."""
    if connection.vendor == "sqlite":
        return dict(_ask(_SQLITE_EXCERPTS, asked, {"ids": json.dumps(list(ids)), "open": OPEN, "shut": SHUT}))
    options = f"StartSel={OPEN}, StopSel={SHUT}, MaxWords=34, MinWords=18, ShortWord=0"
    return dict(_ask(_POSTGRESQL_EXCERPTS.format(query=_QUERY), asked, {"ids": list(ids), "options": options}))


def _ask(statement: str, asked: Question, more: Mapping[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"query": _spelled(asked), **more})
        return cursor.fetchall()


def _spelled(asked: Question) -> str:
    """The words in the database's own spelling: all of these, and then none of those."""
    terms = " ".join(f'"{term}"' for term in asked.terms)
    minus = " NOT " if connection.vendor == "sqlite" else " -"
    return terms + "".join(f'{minus}"{term}"' for term in asked.without)
