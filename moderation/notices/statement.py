"""The statement of reasons: what, where, how long, which rule, by whom (a person), and how to object.

After article 17(3) of the EU's Digital Services Act, which asks large services for it; small ones may do as well.
"""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from community.models import Sanction
from moderation.models import Decision

WHAT = {
    Decision.Kind.NONE: "It stays as it is.",
    Decision.Kind.WARN: "It stays. This is a warning.",
    Decision.Kind.HIDE: "It is hidden from everyone else.",
}
PAUSES = {Sanction.Kind.SILENCE: "You can read, but not write,", Sanction.Kind.SUSPEND: "You cannot take part"}


def headline(decision: Decision, thing: str) -> str:
    """The title of the notice."""
    if decision.kind == Decision.Kind.HIDE:
        return f"We have hidden {thing} of yours"
    if decision.sanction in PAUSES:
        return f"A pause, because of {thing} of yours"
    return f"A warning about {thing} of yours"


def facts(decision: Decision, title: str, *, everywhere: bool) -> dict[str, Any]:
    """What the mail and the page say, in words; kept with the notice."""
    return {
        "what": WHAT[Decision.Kind(decision.kind)],
        "pause": pause(decision, everywhere=everywhere),
        "where": title,
        "rule": decision.rule.title,
        "rule_text": decision.rule.text,
        "reason": decision.reason,
        "said": decision.facts[:1000],
        "contact": settings.DEFAULT_FROM_EMAIL,
    }


def pause(decision: Decision, *, everywhere: bool) -> str:
    """As in: You can read, but not write, in Leeds until Tuesday 8 December, 18:30. Nothing where there is none."""
    if decision.sanction not in PAUSES or decision.author is None:
        return ""
    place = "on this site" if everywhere or decision.group is None else f"in {decision.group.name}"
    words = f"{PAUSES[Sanction.Kind(decision.sanction)]} {place}"
    if decision.sanction_until is None:
        return f"{words} until further notice."
    local = decision.sanction_until.astimezone(ZoneInfo(decision.author.time_zone))
    return f"{words} until {local:%A %-d %B, %H:%M}."
