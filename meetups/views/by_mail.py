"""The links of a mailed invitation: looking changes nothing, one press answers, nobody need sign in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.verdicts import NotAllowed
from meetups import tokens
from meetups.actions import rsvps
from meetups.forms.answers import AnswerForm
from meetups.models import Invitation
from meetups.queries import evenings
from meetups.views.answers import REFUSALS
from meetups.views.finding import FORBIDDEN, UNPROCESSABLE

GONE = 410


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, number: int, slug: str, token: str) -> HttpResponse:
    """Yes, Maybe or No of whoever was invited; `?state=` is the one the mail asked for. Guests stay as they were."""
    at, key = timezone.now(), tokens.invited_of(token)
    rows = Invitation.objects.select_related("member", "meetup__group", "meetup__venue").filter(meetup=number)
    invitation = rows.filter(pk=key).first() if key else None
    if key is None:
        raise Http404
    if invitation is None or invitation.meetup.hidden_at:
        reason = "This link has done its work: you are not invited by it any more."
        return render(request, "meetups/refused.html", {"reason": reason}, status=GONE)
    meetup, member = invitation.meetup, invitation.member
    evening = evenings.with_answer(meetup, member)
    context = {"meetup": meetup, "member": member, "evening": evening}
    if request.method == "GET":
        asked = AnswerForm(request.GET)
        state = asked.cleaned_data["state"] if asked.is_valid() and request.GET.get("state") != evening.state else ""
        return render(request, "meetups/by_mail.html", context | {"asked": state})
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render(request, "meetups/by_mail.html", context, status=UNPROCESSABLE)
    try:
        state = form.cleaned_data["state"]
        kept = rsvps.answer(member=member, meetup=meetup, state=state, guests=evening.guests, at=at)
    except NotAllowed as error:
        return render(request, "meetups/refused.html", {"reason": error.reason, "meetup": meetup}, status=FORBIDDEN)
    except REFUSALS as error:
        return render(request, "meetups/refused.html", {"reason": str(error), "meetup": meetup}, status=UNPROCESSABLE)
    return render(request, "meetups/by_mail.html", context | {"evening": evenings.answered(meetup, kept), "said": True})
