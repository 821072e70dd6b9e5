"""Who hears of a report, of a decision, and of its end."""

from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst

from community.models import Member, Membership
from community.text.excerpt import shorten
from moderation.models import Decision, Report
from moderation.notices import statement
from moderation.queries.queue import label
from moderation.registry import Subject
from notifications.actions.notify import Message, tell

OUTCOMES = {
    Decision.Kind.NONE: "We looked at it and left it as it is.",
    Decision.Kind.WARN: "It stays, and its author was warned.",
    Decision.Kind.HIDE: "It is hidden now.",
}


def reported(report: Report, at: datetime) -> None:
    """Those who may judge it, once for all reports that wait about the same thing; never who reported it."""
    waiting = Report.objects.open().about(report.target_kind, report.target_id)
    first = waiting.order_by("pk").values_list("pk", flat=True).first()
    message = Message(
        kind="moderation.reported",
        title=f"{capfirst(label(report.target_kind))} was reported: {report.rule.title}",
        excerpt=shorten(report.excerpt),
        url=reverse("moderation:case", args=[first]),
        dedupe=f"case:{first}",
        scope=report.group.scope if report.group else "",
        subject=f"case:{first}",
    )
    tell(judges(report) - {report.reporter_id}, message, at=at)


def judges(report: Report) -> set[int]:
    """Those who look after the group; the site's moderators where it has none, or where one of them is concerned."""
    inside: set[int] = set()
    if report.group_id:
        governing = Membership.objects.live().governing().filter(group=report.group_id)
        inside = set(governing.values_list("member_id", flat=True))
    if inside and report.author_id not in inside:
        return inside
    return set(Member.objects.present().filter(is_moderator=True).values_list("pk", flat=True)) - {report.author_id}


def decided(decision: Decision, subject: Subject | None, *, everywhere: bool, at: datetime) -> None:
    """The author, with the statement of reasons; nothing where nothing was found."""
    if decision.author_id is None or (decision.kind == Decision.Kind.NONE and not decision.sanction):
        return
    message = Message(
        kind="moderation.decided",
        title=statement.headline(decision, label(decision.target_kind)),
        excerpt=decision.reason,
        url=reverse("moderation:decision", args=[decision.pk]),
        dedupe=f"decision:{decision.pk}",
        scope=decision.group.scope if decision.group else "",
        subject=f"decision:{decision.pk}",
        data=statement.facts(decision, subject.title if subject else "", everywhere=everywhere),
    )
    tell([decision.author_id], message, at=at)


def settled(decision: Decision, reports: list[Report], at: datetime) -> None:
    """Everyone who reported it."""
    message = Message(
        kind="moderation.settled",
        title=f"Your report about {label(decision.target_kind)} was looked at",
        excerpt=OUTCOMES[Decision.Kind(decision.kind)],
        url=reverse("moderation:mine"),
        dedupe=f"settled:{decision.pk}",
        scope=decision.group.scope if decision.group else "",
        subject=f"decision:{decision.pk}",
    )
    reporters = {each.reporter_id for each in reports if each.reporter_id}
    tell(reporters - {decision.decided_by_id}, message, at=at)


def reversed_(decision: Decision, at: datetime) -> None:
    """The author: what was taken away is back."""
    if decision.author_id is None:
        return
    message = Message(
        kind="moderation.reversed",
        title=f"A decision about {label(decision.target_kind)} of yours was taken back",
        excerpt=decision.reversed_why,
        url=reverse("moderation:decision", args=[decision.pk]),
        dedupe=f"reversed:{decision.pk}",
        scope=decision.group.scope if decision.group else "",
        subject=f"decision:{decision.pk}",
    )
    tell([decision.author_id], message, at=at)
