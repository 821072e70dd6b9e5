"""What waits for a moderator: one entry a thing, the oldest first."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, QuerySet

from community.models import Member
from community.queries import sanctions
from moderation import registry
from moderation.models import Decision, Report, Rule
from moderation.registry import Subject

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing in the queue, as its first report shows it."""

    report: Report
    reports: int
    since: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Case:
    """One thing with all that is needed to judge it. `subject` is None when it is gone."""

    report: Report
    reports: list[Report]
    subject: Subject | None
    label: str
    earlier: int
    decisions: list[Decision]

    @property
    def has_changed(self) -> bool:
        """It no longer says what it said when it was reported."""
        return self.subject is not None and self.subject.text.strip() != self.report.excerpt.strip()


def entries(moderator: Member, number: str | None = None) -> "tuple[Page, list[Entry]]":
    """A page of things this moderator may judge; three queries."""
    waiting = Report.objects.visible_to(moderator).open()
    things = (
        waiting.values("target_kind", "target_id")
        .annotate(first=Min("pk"), since=Min("made_at"), reports=Count("pk"))
        .order_by("since", "first")
    )
    page = Paginator(things, PER_PAGE).get_page(number)
    rows = list(page.object_list)
    firsts = Report.objects.select_related("author", "group", "rule").in_bulk([row["first"] for row in rows])
    return page, [Entry(firsts[row["first"]], row["reports"], row["since"], label(row["target_kind"])) for row in rows]


def case(report: Report, at: datetime) -> Case:
    """Everything about the thing this report points at: six queries, and what finding the thing takes."""
    about = Report.objects.about(report.target_kind, report.target_id).open()
    subject = registry.find(report.target_kind, report.target_id)
    author = subject.author if subject else report.author
    return Case(
        report=report,
        reports=list(about.select_related("rule").order_by("made_at")),
        subject=subject,
        label=label(report.target_kind),
        earlier=sanctions.earlier(author, at) if author else 0,
        decisions=list(
            Decision.objects.about(report.target_kind, report.target_id).select_related("rule").order_by("-decided_at")
        ),
    )


def rules() -> "QuerySet[Rule]":
    """The code of conduct as it reads now."""
    return Rule.objects.filter(is_current=True).order_by("position", "pk")


def label(kind: str) -> str:
    """What people call such a thing."""
    known = registry.kind(kind)
    return known.label if known else kind
