"""The link in the mail about a held seat: looking changes nothing, one press answers, nobody need sign in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.verdicts import NotAllowed
from meetups import tokens
from meetups.actions import rsvps
from meetups.models import Rsvp
from meetups.queries import evenings
from meetups.views.finding import FORBIDDEN

GONE = 410
State = Rsvp.State


@never_cache
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, number: int, slug: str, token: str) -> HttpResponse:
    """Take the seat, or let it go on. The link is good for one offer, and for nothing else of this member."""
    at = timezone.now()
    key = tokens.offer_of(token)
    rows = Rsvp.objects.select_related("member", "meetup__group", "meetup__venue").filter(meetup=number)
    rsvp = rows.filter(pk=key[0]).first() if key else None
    if key is None or rsvp is None:
        raise Http404
    is_open = rsvp.state == State.OFFERED and rsvp.queue_number == key[1]
    if not is_open or rsvp.offered_until is None or rsvp.offered_until <= at:
        return _said(request, rsvp, status=GONE)
    if request.method == "GET":
        return render(request, "meetups/offer.html", {"rsvp": rsvp, "meetup": rsvp.meetup})
    state = State.GOING if request.POST.get("state") == State.GOING else State.DECLINED
    try:
        kept = rsvps.answer(member=rsvp.member, meetup=rsvp.meetup, state=state, guests=rsvp.guests, at=at)
    except NotAllowed as error:
        context = {"reason": error.reason, "meetup": rsvp.meetup}
        return render(request, "meetups/refused.html", context, status=FORBIDDEN)
    return _said(request, kept, status=200)


def _said(request: HttpRequest, rsvp: Rsvp, *, status: int) -> HttpResponse:
    said = evenings.Evening(rsvp.meetup, rsvp, evenings.position(rsvp)).in_words
    context = {"rsvp": rsvp, "meetup": rsvp.meetup, "said": said, "is_over": status == GONE}
    return render(request, "meetups/offer.html", context, status=status)
