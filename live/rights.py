"""May they listen? Asked of the apps' policies, for many members at once where an app can answer that."""

from collections.abc import Collection
from typing import Any

from live.registry import number_of, stream

Question = tuple[str, Any]
"""A stream's name and a member; None for visitors, who all get the same answer."""


def can_be_shared(name: str, member: Any) -> bool:
    """Whether it is one question with those of others."""
    entry = stream(name.partition(":")[0])
    return member is None or (entry is not None and entry.who_may_join is not None)


def may_join(questions: Collection[Question]) -> dict[Question, bool]:
    """The answers; one call of the policy a stream."""
    by_name: dict[str, set[Any]] = {}
    for name, member in questions:
        by_name.setdefault(name, set()).add(member)
    answers: dict[Question, bool] = {}
    for name, members in by_name.items():
        entry, number = stream(name.partition(":")[0]), number_of(name)
        if entry and None in members:
            answers[name, None] = entry.may_join(None, number)
        known = members - {None}
        if entry and entry.who_may_join and known:
            may = entry.who_may_join(known, number)
            answers |= {(name, each): each.pk in may for each in known}
    return answers
