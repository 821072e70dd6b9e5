"""Vendors in the open, and what their representatives do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community import registry
from community.models import Affiliation
from community.models.period import day_of
from community.verdicts import NotAllowed, no
from community.views.asking import me, reader
from live.changes import made_of
from sponsors.actions import organisations, representatives, sponsorships
from sponsors.forms.offers import DescribeForm, OfferForm
from sponsors.policies import ties
from sponsors.queries import vendors as queries
from sponsors.views.finding import answered, organisation_or_404, refused

PER_PAGE = 50


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Who supports groups here, and who has only been named."""
    today = day_of(timezone.now())
    page = Paginator(queries.organisations(today), PER_PAGE).get_page(request.GET.get("page"))
    mine = queries.represented_by(request.user.pk, today)
    return made_of(render(request, "sponsors/index.html", {"page": page, "mine": mine}), "sponsors")


@require_GET
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One vendor: what it gives, what it invites to, who works for it."""
    found, at = organisation_or_404(slug), timezone.now()
    vendor = queries.vendor(found, at)
    speaks = bool(ties.may_speak_for(reader(request), found, at))
    proposals, pages = queries.own_desk(found) if speaks else ([], [])
    labels = registry.labels({tie.member_id for tie in vendor.people}, None)
    context = {
        "organisation": found,
        "vendor": vendor,
        "people": [(tie, labels.get(tie.member_id)) for tie in vendor.people],
        "speaks": speaks,
        "confirms": speaks or request.user.is_staff,
        "proposals": proposals,
        "pages": pages,
    }
    return made_of(render(request, "sponsors/organisation.html", context), "sponsors")


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer something to a group."""
    found, at = organisation_or_404(slug), timezone.now()
    if not (verdict := ties.may_speak_for(me(request), found, at)):
        return refused(request, verdict, found.get_absolute_url())
    begin = {"group": request.GET.get("group"), "currency": "GBP", "starts_on": day_of(at)}
    form = OfferForm(request.POST or None, day=day_of(at), initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            made = sponsorships.propose(actor=me(request), organisation=found, at=at, **form.terms())
        except (sponsorships.WrongDays, sponsorships.ProposedAlready, NotAllowed) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"The organisers of {made.group.name} have been asked. They answer here.")
            return redirect(found)
    return answered(request, "sponsors/propose.html", form, organisation=found)


@login_required
@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest, slug: str) -> HttpResponse:
    """Its own words."""
    found, at = organisation_or_404(slug), timezone.now()
    if not (verdict := ties.may_confirm(me(request), found, at)):
        return refused(request, verdict, found.get_absolute_url())
    form = DescribeForm(request.POST or None, initial={"about": found.about, "website": found.website})
    if request.method == "POST" and form.is_valid():
        organisations.describe(actor=me(request), organisation=found, at=at, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect(found)
    return answered(request, "sponsors/describe.html", form, organisation=found)


@login_required
@require_GET
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has a tie to it, and who may write for it: for staff and representatives."""
    found, at = organisation_or_404(slug), timezone.now()
    if not (verdict := ties.may_confirm(me(request), found, at)):
        return refused(request, verdict, found.get_absolute_url())
    page = Paginator(queries.people(found, day_of(at)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "sponsors/representatives.html", {"organisation": found, "page": page})


@login_required
@require_POST
def represent(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let one of them write for it, or no longer."""
    found, at = organisation_or_404(slug), timezone.now()
    rows = Affiliation.objects.select_related("organisation", "member").filter(organisation=found)
    tie = get_object_or_404(rows, pk=number)
    try:
        if "confirm" in request.POST:
            representatives.confirm(actor=me(request), tie=tie, at=at)
            messages.success(request, f"{tie.member.shown_name} may now write for {found.name}.")
        else:
            representatives.end(actor=me(request), tie=tie, at=at)
            messages.success(request, f"{tie.member.shown_name} no longer writes for {found.name}.")
    except NotAllowed as error:
        return refused(request, no(error.reason), found.get_absolute_url())
    except representatives.NoTie as error:
        messages.error(request, str(error))
    if not ties.may_confirm(me(request), found, at):
        return redirect(found)
    return redirect("sponsors:representatives", found.slug)
