"""May they listen? Asked of the apps' policies, for many members at once where an app can answer that."""

from collections.abc import Collection
from typing import Any

from django.db import OperationalError

from live.registry import number_of, stream

Question = tuple[str, Any]
"""A stream's name and a member; None for visitors, who all get the same answer."""


def can_be_shared(name: str, member: Any) -> bool:
    """Whether it is one question with those of others."""
    entry = stream(name.partition(":")[0])
    return member is None or (entry is not None and entry.who_may_join is not None)


def may_join(questions: Collection[Question]) -> dict[Question, bool | Exception]:
    """The answers; one call of the policy a stream. What breaks in it befalls those who asked about that stream."""
    by_name: dict[str, set[Any]] = {}
    for name, member in questions:
        by_name.setdefault(name, set()).add(member)
    answers: dict[Question, bool | Exception] = {}
    for name, members in by_name.items():
        try:
            answers |= _asked(name, members)
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001  (a policy of any app; the conversation logs it)
            answers |= {(name, each): error for each in members}
    return answers


def _asked(name: str, members: set[Any]) -> dict[Question, bool]:
    entry, number = stream(name.partition(":")[0]), number_of(name)
    answers: dict[Question, bool] = {}
    if entry and None in members:
        answers[name, None] = entry.may_join(None, number)
    known = members - {None}
    if entry and entry.who_may_join and known:
        may = entry.who_may_join(known, number)
        answers |= {(name, each): each.pk in may for each in known}
    return answers
