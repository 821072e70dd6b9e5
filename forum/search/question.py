"""What people type into a search box, made harmless: words, phrases, words to leave out, filters."""

import re
from dataclasses import dataclass

MOST = 8
LONGEST = 200
_TOKEN = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"\w")
_FILTER = re.compile(r"([a-z]{2,}):(?!//)(\S+)")

FILTERS = {
    "in": ("in:title", "titles only"),
    "group": ("group:leeds-it-providers", "the talk of one group, by the last part of its address"),
    "category": ("category:security", "one place, by the last part of its address"),
    "tag": ("tag:backup", "topics with this tag"),
    "author": ("@ada", "what one member wrote; @me is you"),
    "before": ("before:2026-03-31", "written before that day (a month or a year will do)"),
    "after": ("after:2026", "written on that day or later"),
    "has": ("has:poll", "posts that ask by a poll"),
    "is": ("is:solved", "an answer is marked; likewise is:open (to replies) and is:closed"),
}
"""Each filter with an example, and what it leaves."""
CHOICES = {"in": ("title",), "has": ("poll",), "is": ("open", "closed", "solved")}
"""Filters that take only these words."""


@dataclass(frozen=True, slots=True)
class Question:
    """All `terms` (words or phrases) must be there, none of `without`, every filter holds; `notes` explain the rest."""

    terms: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Is there anything to look for? Leaving words out is not looking."""
        return bool(self.terms or self.filters)

    @property
    def words(self) -> str:
        """What is looked for as plain words, for searches that know no filters."""
        return " ".join(self.terms)


def parse(query: str) -> Question:
    """At most eight terms, nothing in them that a search engine would take for an operator."""
    text = query.replace("\x00", " ").replace("“", '"').replace("”", '"')[:LONGEST]
    terms: list[str] = []
    without: list[str] = []
    filters: list[tuple[str, str]] = []
    notes: list[str] = []
    for minus, phrase, bare in _TOKEN.findall(text):
        found = None if minus or not bare else _filter(bare)
        if found and (wrong := _wrong(*found)):
            notes.append(wrong)
        elif found:
            filters.append(found)
            continue
        term = (phrase or bare).replace('"', " ").strip()
        if _WORD.search(term):
            (without if minus else terms).append(term)
    if without and not terms and not filters:
        notes.append("A word with a minus only takes results away. Say what to look for, too.")
    return Question(tuple(terms[:MOST]), tuple(without[:MOST]), tuple(filters[:MOST]), tuple(notes))


def _filter(token: str) -> tuple[str, str] | None:
    if token.startswith("@") and len(token) > 1:
        return "author", token[1:]
    match = _FILTER.fullmatch(token)
    return (match[1], match[2]) if match else None


def _wrong(name: str, value: str) -> str:
    if name not in FILTERS:
        return f"“{name}:” is not a filter here, so “{name}:{value}” was looked for as words."
    choices = CHOICES.get(name)
    if choices and value.lower() not in choices:
        *others, last = [f"{name}:{choice}" for choice in choices]
        known = f"{', '.join(others)} or {last}" if others else last
        return f"“{name}:{value}” was looked for as words: there is only {known}."
    return ""
