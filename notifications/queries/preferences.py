"""What a member has chosen to be told."""

from dataclasses import dataclass
from typing import Any

from notifications import registry
from notifications.models import Notice, Preference
from notifications.models.preference import Channel
from notifications.registry import Kind


@dataclass(frozen=True, slots=True)
class Muted:
    """A thing nobody tells this member of any more, as its last notice called it."""

    scope: str
    title: str


def chosen(member: Any) -> dict[tuple[str, str], Channel]:
    """Every choice by (kind, scope); one query."""
    rows = Preference.objects.filter(member=member).values_list("kind", "scope", "channel")
    return {(kind, scope): Channel(channel) for kind, scope, channel in rows}


def choosable() -> list[Kind]:
    """The kinds a member decides about, by label."""
    return [kind for kind in registry.kinds() if not kind.must_send]


def needed() -> list[Kind]:
    """The kinds that always come by mail."""
    return [kind for kind in registry.kinds() if kind.must_send]


def muted(member: Any, choices: dict[tuple[str, str], Channel], places: dict[str, str]) -> list[Muted]:
    """Things muted one by one, by name; one query, and none where there is nothing."""
    scopes = sorted(scope for kind, scope in choices if scope and not kind and scope not in places)
    if not scopes:
        return []
    told = Notice.objects.visible_to(member).filter(subject__in=scopes).order_by("pk").values_list("subject", "title")
    names = registry.scope_names(scopes) | dict(told)
    return [Muted(scope, names.get(scope, scope)) for scope in scopes]
