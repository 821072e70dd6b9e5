"""“Did you mean …?”: the words of titles that the reader may see, where they look like what was typed."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from django.db import connection

from forum.models import Topic
from forum.search.question import Question

SHORTEST = 4
TITLES = 500
LIKE = 0.72
"""How alike two words must be (difflib's ratio): one letter wrong in four, or two that changed places."""
SIMILAR = 0.25
"""What PostgreSQL's trigrams call similar enough to be looked at: two letters that changed places share few of them."""

_WORD = re.compile(rf"\w{{{SHORTEST},}}")
_LIKE = """
SELECT title FROM forum_topic
WHERE {any_like} AND category_id = ANY(%(places)s) AND hidden_at IS NULL AND deleted_at IS NULL
ORDER BY greatest({likeness}) DESC, id DESC LIMIT %(titles)s
"""


def meant(asked: Question, places: Sequence[int]) -> str:
    """The words of the question put right, or ""; two queries at most, none when there is nothing to put right."""
    doubtful = [term for term in asked.terms if _WORD.fullmatch(term)]
    if not doubtful:
        return ""
    titles = _alike(doubtful, places) if connection.vendor == "postgresql" else _newest(places)
    known = sorted({word.lower() for title in titles for word in _WORD.findall(title)})
    right = {term: _closest(term.lower(), known) for term in doubtful}
    if all(term.lower() == word for term, word in right.items()):
        return ""
    return " ".join(right.get(term, f'"{term}"' if " " in term else term) for term in asked.terms)


def _alike(words: Sequence[str], places: Sequence[int]) -> list[str]:
    named = {f"w{number}": word for number, word in enumerate(words)}
    statement = _LIKE.format(
        any_like="(" + " OR ".join(f"title %%> %({name})s" for name in named) + ")",
        likeness=", ".join(f"word_similarity(%({name})s, title)" for name in named),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [str(SIMILAR)])
        cursor.execute(statement, {**named, "places": list(places), "titles": TITLES})
        return [title for (title,) in cursor.fetchall()]


def _newest(places: Sequence[int]) -> list[str]:
    rows = Topic.objects.counted().filter(category__in=places).order_by("-id")
    return list(rows.values_list("title", flat=True)[:TITLES])


def _closest(word: str, known: list[str]) -> str:
    return word if word in known else next(iter(get_close_matches(word, known, n=1, cutoff=LIKE)), word)
