"""Choosing what to be told, and by which road."""

from django.db import transaction
from django.db.models import Q

from notifications.models import Preference
from notifications.models.preference import Channel
from notifications.tokens import Unsubscription


def choose(*, member_id: int, kind: str, scope: str, channel: Channel | None) -> None:
    """Keep one choice; None takes it back, so that the more general one counts again."""
    if channel is None:
        Preference.objects.filter(member_id=member_id, kind=kind, scope=scope).delete()
        return
    Preference.objects.update_or_create(member_id=member_id, kind=kind, scope=scope, defaults={"channel": channel})


def choose_many(*, member_id: int, scope: str, choices: dict[str, Channel | None]) -> None:
    """Keep what a member chose for many kinds in one scope; None takes a choice back."""
    mine = Preference.objects.filter(member_id=member_id, scope=scope)
    with transaction.atomic():
        mine.filter(kind__in=[kind for kind, channel in choices.items() if channel is None]).delete()
        Preference.objects.bulk_create(
            [
                Preference(member_id=member_id, kind=kind, scope=scope, channel=channel)
                for kind, channel in choices.items()
                if channel is not None
            ],
            update_conflicts=True,
            unique_fields=["member", "kind", "scope"],
            update_fields=["channel"],
        )


def end_mail(wanted: Unsubscription) -> None:
    """No more mail of this kind ("" for every kind) in this scope ("" for everywhere); the inbox keeps it.

    Finer choices inside it that asked for mail become quiet too: who unsubscribes gets no further mail.
    """
    inside = Q(channel=Channel.MAIL)
    if wanted.kind:
        inside &= Q(kind=wanted.kind)
    if wanted.scope:
        inside &= Q(scope=wanted.scope)
    with transaction.atomic():
        mine = Preference.objects.filter(member_id=wanted.member_id)
        mine.filter(inside).update(channel=Channel.INBOX)
        silent = mine.filter(kind=wanted.kind, scope=wanted.scope, channel=Channel.NONE)
        if not silent.exists():
            choose(member_id=wanted.member_id, kind=wanted.kind, scope=wanted.scope, channel=Channel.INBOX)
