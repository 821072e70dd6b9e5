"""Deciding about a thing, with reasons; and taking a decision back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from community.actions import log, sanctions
from community.models import Group, Member, Sanction
from moderation import registry
from moderation.models import Decision, Report, Rule
from moderation.notices import cases as notices
from moderation.policies import cases as policies
from moderation.queries.queue import label

Kind = Decision.Kind


class Settled(Exception):  # noqa: N818  (it says the outcome)
    """Somebody else decided meanwhile; `decision` says what."""

    def __init__(self, decision: Decision | None) -> None:
        """Keep it for the page."""
        super().__init__("Somebody else has decided about this meanwhile.")
        self.decision = decision


class WithoutReason(ValueError):  # noqa: N818  (it says what is missing)
    """A decision says why, or it is none."""


class Gone(Exception):  # noqa: N818  (it says the outcome)
    """There is nothing left to hide."""


@dataclass(frozen=True, slots=True)
class Pause:
    """What the author may not do, for how long (None: until further notice), and whether on the whole site."""

    kind: str
    lasts: timedelta | None
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    """What a report points at, as it stands now."""

    report: Report
    subject: registry.Subject | None
    author: Member | None
    group: Group | None


def decide(
    *, moderator: Member, report: Report, kind: str, rule: Rule, reason: str, at: datetime, pause: Pause | None = None
) -> Decision:
    """Judge the thing a report points at: hide it, warn or pause its author, or leave it; closes all its reports.

    The author gets a statement of reasons, the reporters the outcome, the group's log an entry without names. Raises
    `NotAllowed`, `WithoutReason`, `Gone`, or `Settled` for the second of two moderators.
    """
    reason = reason.strip()
    if not reason:
        raise WithoutReason
    subject = registry.find(report.target_kind, report.target_id)
    if subject is None and kind == Kind.HIDE:
        raise Gone
    case = _Case(report, subject, *((subject.author, subject.group) if subject else (report.author, report.group)))
    _allowed(moderator, case, pause, at)
    with transaction.atomic():
        reports = _open_reports(report)
        _allowed(moderator, case, pause, at)
        decision = _write(case, moderator, Kind(kind), rule, reason, pause, at)
        _carry_out(decision, moderator, pause, at)
        state = Report.State.DISMISSED if kind == Kind.NONE else Report.State.UPHELD
        waiting = Report.objects.filter(pk__in=[each.pk for each in reports])
        waiting.update(state=state, settled_at=at, decision=decision)
        _log(decision, at)
        notices.decided(decision, subject, everywhere=bool(pause and pause.everywhere), at=at)
        notices.settled(decision, reports, at)
    return decision


def reverse(*, moderator: Member, decision: Decision, why: str, at: datetime) -> Decision:
    """Take a decision back: the thing is restored, the author's pause ends, the author is told. Twice is once."""
    why = why.strip()
    if not why:
        raise WithoutReason
    policies.may_decide(moderator, decision.author, decision.group, at).or_refuse()
    if subject := registry.find(decision.target_kind, decision.target_id):
        policies.has_no_interest(moderator, subject).or_refuse()
    with transaction.atomic():
        locked = Decision.objects.select_for_update().get(pk=decision.pk)
        if locked.reversed_at:
            return locked
        locked.reversed_at, locked.reversed_by, locked.reversed_why = at, moderator, why
        locked.save(update_fields=["reversed_at", "reversed_by", "reversed_why"])
        _restore(locked, at)
        for sanction in Sanction.objects.filter(decision_number=locked.pk, lifted_at=None).select_related("member"):
            sanctions.lift(actor=moderator, sanction=sanction, at=at)
        log.record(
            group=locked.group,
            actor=None,
            kind="decision.reversed",
            text=f"A decision about {label(locked.target_kind)} was taken back.",
            at=at,
            data={"decision": locked.pk},
        )
        notices.reversed_(locked, at)
    return locked


def _allowed(moderator: Member, case: _Case, pause: Pause | None, at: datetime) -> None:
    where = None if pause and pause.everywhere else case.group
    policies.may_decide(moderator, case.author, where, at).or_refuse()
    if case.subject is not None:
        policies.has_no_interest(moderator, case.subject).or_refuse()


def _open_reports(report: Report) -> list[Report]:
    """All that wait about the same thing, locked; none means that somebody was faster."""
    about = Report.objects.about(report.target_kind, report.target_id)
    reports = list(about.open().select_for_update().order_by("pk"))
    if report.pk not in {each.pk for each in reports}:
        settled = about.filter(pk=report.pk).select_related("decision").first()
        raise Settled(settled.decision if settled else None)
    return reports


def _write(
    case: _Case, moderator: Member, kind: Kind, rule: Rule, reason: str, pause: Pause | None, at: datetime
) -> Decision:
    sanction = pause.kind if pause else Sanction.Kind.WARN if kind == Kind.WARN else ""
    if case.author is None or case.author.departed_at:
        sanction, pause = "", None
    return Decision.objects.create(
        target_kind=case.report.target_kind,
        target_id=case.report.target_id,
        group=case.group,
        author=case.author,
        kind=kind,
        sanction=sanction,
        sanction_until=at + pause.lasts if pause and pause.lasts else None,
        rule=rule,
        reason=reason,
        facts=case.subject.text if case.subject else case.report.excerpt,
        decided_by=moderator,
        decided_at=at,
    )


def _carry_out(decision: Decision, moderator: Member, pause: Pause | None, at: datetime) -> None:
    known = registry.kind(decision.target_kind)
    if decision.kind == Kind.HIDE and known is not None:
        known.hide(decision.target_id, at)
    if decision.sanction and decision.author is not None:
        sanctions.impose(
            actor=moderator,
            member=decision.author,
            group=None if pause and pause.everywhere else decision.group,
            kind=decision.sanction,
            reason=decision.reason,
            at=at,
            ends_at=decision.sanction_until,
            decision_number=decision.pk,
        )


def _restore(decision: Decision, at: datetime) -> None:
    """Unless another decision, still in force, hides it too."""
    if decision.kind != Kind.HIDE:
        return
    others = Decision.objects.about(decision.target_kind, decision.target_id).in_force().exclude(pk=decision.pk)
    known = registry.kind(decision.target_kind)
    if known is not None and not others.filter(kind=Kind.HIDE).exists():
        known.restore(decision.target_id, at)


LOG_WORDS = {Kind.NONE: "A report about {} was dismissed", Kind.WARN: "A warning was given about {}, which stays"}


def _log(decision: Decision, at: datetime) -> None:
    """For members to read: what was done under which rule; neither who wrote it nor who decided."""
    words = LOG_WORDS.get(Kind(decision.kind), "A moderator hid {}").format(label(decision.target_kind))
    log.record(
        group=decision.group,
        actor=None,
        kind="content.judged",
        text=f"{words}. Rule: {decision.rule.title}.",
        at=at,
        data={"decision": decision.pk},
    )
