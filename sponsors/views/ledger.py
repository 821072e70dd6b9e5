"""The public book: read by everyone, written by organisers."""

import csv
from collections.abc import AsyncIterator, Iterator
from io import StringIO

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.handlers.asgi import ASGIRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from community.models import Organisation
from community.models.period import day_of
from community.verdicts import NotAllowed
from community.views.asking import me
from live.changes import made_of
from sponsors.actions import ledger as actions
from sponsors.forms.ledger import EntryForm
from sponsors.forms.offers import WhyForm
from sponsors.models import LedgerTransaction
from sponsors.policies.desk import desk
from sponsors.policies.ledger import may_record
from sponsors.queries import ledger as queries
from sponsors.views.finding import answered, group_or_404, refused

PER_PAGE = 40
COLUMNS = ["transaction", "date", "account", "group", "organisation", "amount", "currency", "note"]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a spreadsheet recognises a formula; text that begins so is given an apostrophe."""
YEAR_DIGITS = 4
PIECE = 16_000


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """Who gave what for what. There is nothing here that could be hidden."""
    choice = _choice(request)
    page = Paginator(queries.entries(choice), PER_PAGE).get_page(request.GET.get("page"))
    groups, organisations, years = queries.choices()
    totals = queries.totals(choice)
    context = {
        "page": page,
        "choice": choice,
        "given": [total for total in totals if total.is_given],
        "received": [total for total in totals if not total.is_given],
        "groups": groups,
        "organisations": organisations,
        "years": years,
        "query": request.GET.urlencode(),
        "organised": queries.organised_by(request.user.pk),
    }
    return made_of(render(request, "sponsors/ledger.html", context), "sponsors")


@require_GET
def ledger_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same for programs, as it is read: each transfer is two rows that sum to zero."""
    pieces = _pieces(_choice(request))
    body = _one_by_one(pieces) if isinstance(request, ASGIRequest) else pieces
    headers = {"Content-Disposition": 'attachment; filename="ledger.csv"'}
    return StreamingHttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter what someone gave to this group."""
    group, at = group_or_404(request, slug), timezone.now()
    back = reverse("sponsors:group", args=[slug])
    if not (verdict := may_record(me(request), group, None, at)):
        return refused(request, verdict, back)
    free = Organisation.objects.exclude(pk__in=desk(me(request), group, day_of(at)).tied).order_by("name")
    begin = {"giver": f"vendor:{request.GET.get('vendor', '')}", "currency": "GBP"}
    form = EntryForm(request.POST or None, organisations=free, day=day_of(at), initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record(actor=me(request), group=group, at=at, **form.entry())
        except (NotAllowed, actions.NotBalanced, actions.InTheFuture) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "It stands in the public book.")
            return redirect(f"{reverse('sponsors:ledger')}?group={slug}")
    return answered(request, "sponsors/record.html", form, group=group)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Undo an entry by its opposite."""
    rows = LedgerTransaction.objects.select_related("group", "organisation").prefetch_related("transfers")
    entry, at = get_object_or_404(rows, pk=number), timezone.now()
    back = f"{reverse('sponsors:ledger')}?group={entry.group.slug}"
    if not (verdict := may_record(me(request), entry.group, entry.organisation, at)):
        return refused(request, verdict, back)
    form = WhyForm(request.POST or None, longest=300)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(actor=me(request), entry=entry, why=form.cleaned_data["why"], at=at)
        except (actions.CorrectedAlready, actions.NotBalanced) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Corrected by its opposite. Enter what is right, if anything is.")
            return redirect(back)
    return answered(request, "sponsors/correct.html", form, entry=entry, group=entry.group)


def _choice(request: HttpRequest) -> queries.Choice:
    year = request.GET.get("year", "")
    return queries.Choice(
        group=request.GET.get("group", "")[:80],
        organisation=request.GET.get("organisation", "")[:60],
        year=int(year) if year.isdecimal() and len(year) == YEAR_DIGITS and year != "0000" else None,
    )


def _pieces(choice: queries.Choice) -> Iterator[str]:
    """The file, some kilobytes at a time."""
    piece = StringIO()
    writer = csv.writer(piece)
    writer.writerow(COLUMNS)
    for entry, account, amount, currency in queries.rows(choice):
        organisation = entry.organisation.slug if entry.organisation else ""
        row = [entry.pk, entry.happened_on, account, entry.group.slug, organisation, amount, currency]
        writer.writerow([*row, _plain(entry.note)])
        if piece.tell() > PIECE:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


def _plain(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


async def _one_by_one(pieces: Iterator[str]) -> AsyncIterator[str]:
    """The same where the server is asynchronous: each is read in a thread."""
    while (piece := await sync_to_async(lambda: next(pieces, None))()) is not None:
        yield piece
