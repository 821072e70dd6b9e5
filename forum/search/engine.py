"""The two databases' own full-text search: which posts match, how well, and where in the text.

Only the newest `NEWEST` matches are ranked, so a common word costs no more than a rare one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

NEWEST = 1000
_LIMITS = {"newest": NEWEST, "best": 400, "title_weight": 3}
OPEN, SHUT = "\ue000", "\ue001"
"""Set around a match by the database, in characters nobody types; they become `<mark>` after escaping."""

_SQLITE = """
WITH said AS (SELECT rowid AS id, -bm25(forum_post_words) AS score FROM forum_post_words
              WHERE forum_post_words MATCH %(query)s ORDER BY rowid DESC LIMIT %(newest)s),
     named AS (SELECT rowid AS id, -bm25(forum_topic_words) AS score FROM forum_topic_words
               WHERE forum_topic_words MATCH %(query)s ORDER BY rowid DESC LIMIT %(newest)s)
SELECT id, max(score) FROM (
  SELECT id, score FROM said
  UNION ALL
  SELECT post.id, %(title_weight)s * named.score FROM named
  JOIN forum_post post ON post.topic_id = named.id AND post.number = 1
) found GROUP BY id ORDER BY 2 DESC, 1 DESC LIMIT %(best)s
"""
# The inner lists are materialised: with a rare word the planner would otherwise walk the whole key backwards.
_POSTGRESQL = """
WITH asked AS (SELECT websearch_to_tsquery('english', %(query)s) AS query),
     saying AS MATERIALIZED (SELECT post.id FROM forum_post post, asked WHERE post.words @@ asked.query),
     naming AS MATERIALIZED (SELECT topic.id FROM forum_topic topic, asked WHERE topic.words @@ asked.query),
     said AS (SELECT id FROM saying ORDER BY id DESC LIMIT %(newest)s),
     named AS (SELECT id FROM naming ORDER BY id DESC LIMIT %(newest)s)
SELECT id, max(score) FROM (
  SELECT post.id, ts_rank(post.words, asked.query) AS score
  FROM said JOIN forum_post post ON post.id = said.id, asked
  UNION ALL
  SELECT post.id, %(title_weight)s * ts_rank(topic.words, asked.query)
  FROM named JOIN forum_topic topic ON topic.id = named.id
  JOIN forum_post post ON post.topic_id = topic.id AND post.number = 1, asked
) found GROUP BY id ORDER BY 2 DESC, 1 DESC LIMIT %(best)s
"""
_SQLITE_EXCERPTS = """
SELECT rowid, snippet(forum_post_words, 0, %(open)s, %(shut)s, '…', 28) FROM forum_post_words
WHERE forum_post_words MATCH %(query)s AND rowid IN (SELECT value FROM json_each(%(ids)s))
"""
_POSTGRESQL_EXCERPTS = """
SELECT post.id, ts_headline('english', post.body, asked.query, %(options)s)
FROM forum_post post, (SELECT websearch_to_tsquery('english', %(query)s) AS query) asked
WHERE post.id = ANY(%(ids)s) AND post.words @@ asked.query
"""


def matches(terms: Sequence[str]) -> list[int]:
    """Ids of posts that hold all the terms, or whose topic's title does; the best first."""
    return [pk for pk, _score in _ask(_SQLITE, _POSTGRESQL, terms, _LIMITS)]


def excerpts(terms: Sequence[str], ids: Sequence[int]) -> dict[int, str]:
    """The part of each text around its matches, each match between `OPEN` and `SHUT`."""
    if connection.vendor == "sqlite":
        more = {"ids": f"[{','.join(map(str, ids))}]", "open": OPEN, "shut": SHUT}
        return dict(_ask(_SQLITE_EXCERPTS, "", terms, more))
    options = f"StartSel={OPEN}, StopSel={SHUT}, MaxWords=34, MinWords=18, ShortWord=0"
    return dict(_ask("", _POSTGRESQL_EXCERPTS, terms, {"ids": list(ids), "options": options}))


def _ask(sqlite: str, postgresql: str, terms: Sequence[str], more: Mapping[str, Any]) -> list[tuple]:
    quoted = " ".join(f'"{term}"' for term in terms)
    with connection.cursor() as cursor:
        cursor.execute(sqlite if connection.vendor == "sqlite" else postgresql, {"query": quoted, **more})
        return cursor.fetchall()
