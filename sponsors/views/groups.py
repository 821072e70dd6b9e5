"""A group's sponsor page, where its organisers settle what vendors offer."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from community.models.period import day_of
from community.verdicts import NotAllowed, no
from community.views.asking import me, reader
from live.changes import made_of
from sponsors import queries
from sponsors.actions import sponsorships
from sponsors.models import Sponsorship
from sponsors.policies.desk import desk
from sponsors.queries.groups import support
from sponsors.queries.vendors import represented_by
from sponsors.views.finding import UNPROCESSABLE, group_or_404, refused

VERBS: dict[str, tuple[Callable[..., Sponsorship], str]] = {
    "accept": (sponsorships.accept, "{vendor} now sponsors the group, and the log says so."),
    "decline": (sponsorships.decline, "Declined. {vendor} is told why."),
    "withdraw": (sponsorships.withdraw, "The offer of {vendor} is taken back."),
    "end": (sponsorships.end, "{vendor} no longer sponsors the group."),
}
NEED_A_REASON = {"decline", "end"}


@require_GET
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Who gives what, until when; what is offered; what is to come."""
    return _page(request, slug)


@login_required
@require_POST
def settle(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Accept, decline, withdraw, end: one sponsorship of this group."""
    found, at = group_or_404(request, slug), timezone.now()
    rows = Sponsorship.objects.select_related("organisation", "group").filter(group=found)
    sponsorship = get_object_or_404(rows, pk=number)
    verb, why = request.POST.get("verb", ""), " ".join(request.POST.get("why", "").split())[:400]
    if verb not in VERBS:
        return redirect("sponsors:group", slug)
    if verb in NEED_A_REASON and not why:
        return _page(request, slug, status=UNPROCESSABLE, unreasoned=sponsorship.pk)
    act, words = VERBS[verb]
    try:
        act(actor=me(request), sponsorship=sponsorship, at=at, **({} if verb == "withdraw" else {"why": why}))
    except NotAllowed as error:
        return refused(request, no(error.reason), reverse("sponsors:group", args=[slug]))
    except (sponsorships.Settled, sponsorships.WrongDays) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words.format(vendor=sponsorship.organisation.name))
    return redirect("sponsors:group", slug)


def _page(request: HttpRequest, slug: str, status: int = 200, unreasoned: int | None = None) -> HttpResponse:
    found, at = group_or_404(request, slug), timezone.now()
    today = day_of(at)
    where = desk(reader(request), found, today)
    shown = support(found, today, sees_waiting=where.sees_waiting, settles=where.organises)
    context = {
        "group": found,
        "support": shown,
        "desk": where,
        "offers": [(each, where.may_settle(each), where.may_speak_for(each)) for each in shown.waiting],
        "running": [(each, where.may_settle(each) or where.may_speak_for(each)) for each in shown.running],
        "events": queries.events_of(found, at),
        "events_waiting": [(each, where.may_settle(each)) for each in shown.events_waiting],
        "mine": represented_by(request.user.pk, today) if where.speaks_for else [],
        "unreasoned": unreasoned,
    }
    return made_of(render(request, "sponsors/group.html", context, status=status), f"group:{found.pk}", "sponsors")
