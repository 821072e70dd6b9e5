"""Reports a member made."""

from django.core.paginator import Page, Paginator

from community.models import Member
from moderation.models import Report
from moderation.queries.queue import label

PER_PAGE = 30


def made_by(member: Member, number: str | None = None) -> "tuple[Page, list[tuple[Report, str]]]":
    """A page of them, newest first, each with what the thing is called; two queries."""
    made = Report.objects.filter(reporter=member).select_related("rule", "decision", "group").order_by("-pk")
    page = Paginator(made, PER_PAGE).get_page(number)
    return page, [(each, label(each.target_kind)) for each in page.object_list]
