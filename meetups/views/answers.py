"""Answering: a member by one press, a visitor with a name and an e-mail."""

from datetime import datetime
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from community.accounts import sign_in
from community.verdicts import NotAllowed, no
from live.origin import is_ours
from meetups.actions import requests, rsvps
from meetups.forms.answers import AnswerForm, RequestForm
from meetups.models import Meetup, Rsvp
from meetups.queries import evenings
from meetups.text import when
from meetups.views import detail
from meetups.views.finding import FORBIDDEN, TOO_MANY, UNPROCESSABLE, acting, meetup_or_404, reader, refused

GONE = 410
OURS = {"same-origin", "none"}
"""Where a browser says that a form of ours comes from."""
FIRST_TIME = "welcome=1"
"""Asks the one question that joining a group asks, after the answer is in."""
REFUSALS = (rsvps.TooManyGuests, rsvps.TooManyForTheRoom, rsvps.NoSeatForGuests, rsvps.NoSeatThere)
ASKS = {"request": "20/h/ip"}
"""Links one address on the net may ask for in an hour: a whole meetup behind one router, and no more."""


@csrf_exempt
@require_http_methods(["GET", "POST"])
def rsvp(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Take an answer; the address itself shows the page of the evening.

    A visitor's form carries no token, so that the page can be kept for all of them: it acts in nobody's name, and only
    has a link mailed. It is taken from our own pages alone.
    """
    meetup = evenings.to_answer(number, reader(request))
    if meetup is None:
        raise Http404
    if request.method == "GET":
        return redirect(meetup)
    if reader(request) is not None:
        return _answer(request, meetup)
    if not _is_from_us(request):
        return refused(request, no("This form was sent from another site. Answer on this page."), meetup=meetup)
    return _ask(request, meetup)


def _is_from_us(request: HttpRequest) -> bool:
    """By what the browser says of where the form came from; an older one names the page's origin instead."""
    if place := request.headers.get("Sec-Fetch-Site"):
        return place in OURS
    origin = request.headers.get("Origin")
    return origin is None or is_ours(origin, request.get_host())


@csrf_protect
def _answer(request: HttpRequest, meetup: Meetup) -> HttpResponse:
    member = acting(request)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _again(request, meetup, "Choose one: coming, maybe, or not.", UNPROCESSABLE)
    try:
        rsvps.answer(member=member, meetup=meetup, **form.cleaned_data, at=timezone.now())
    except NotAllowed as error:
        return _again(request, meetup, error.reason, FORBIDDEN)
    except REFUSALS as error:
        return _again(request, meetup, str(error), UNPROCESSABLE)
    if getattr(request, "htmx", False):
        return _part(request, meetup.pk, 200)
    if form.cleaned_data["state"] != Rsvp.State.DECLINED and getattr(meetup, "is_open_to_reply", False):
        return redirect("meetups:replies", meetup.pk, meetup.slug or "-")
    return redirect(f"{meetup.get_absolute_url()}#rsvp")


def _ask(request: HttpRequest, meetup: Meetup) -> HttpResponse:
    form = RequestForm(request.POST)
    if not form.is_valid():
        return _page(request, meetup, status=UNPROCESSABLE, form=form)
    if not ratelimit.consume(request, app="meetups", action="request", config=ASKS):
        why = "That is a lot of answers from one place. Wait an hour, or sign in."
        return _page(request, meetup, status=TOO_MANY, refusal=why, form=form)
    name, email = form.cleaned_data["name"], form.cleaned_data["email"]
    try:
        zone = request.COOKIES.get("zone", "")
        requests.ask(meetup=meetup, name=name, email=email, time_zone=zone, at=timezone.now())
    except NotAllowed as error:
        return _page(request, meetup, status=FORBIDDEN, refusal=error.reason, form=form)
    return render(request, "meetups/check_mail.html", {"meetup": meetup, "group": meetup.group, "email": email})


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, number: int, slug: str, token: str) -> HttpResponse:
    """The link from the mail: looking changes nothing, one press answers and signs in."""
    at = timezone.now()
    try:
        if request.method == "GET":
            asked = requests.waiting(meetup_id=number, token=token, at=at)
            return render(request, "meetups/confirm.html", {"asked": asked, "meetup": asked.meetup})
        return _confirmed(request, requests.confirm(meetup_id=number, token=token, at=at))
    except (requests.NoSuchRequest, requests.Used, requests.Expired) as error:
        return _dead_link(request, number, error)
    except NotAllowed as error:
        context = {"reason": error.reason, "meetup": evenings.one(number, reader(request))}
        return render(request, "meetups/refused.html", context, status=FORBIDDEN)


def _confirmed(request: HttpRequest, answer: Rsvp) -> HttpResponse:
    meetup = answer.meetup
    said = evenings.with_answer(meetup, answer.member).in_words
    response = sign_in(request, answer.member, then=f"{meetup.get_absolute_url()}?{FIRST_TIME}")
    messages.success(request, f"{said}. {meetup.title}, {when(meetup)}.")
    return response


def _dead_link(request: HttpRequest, number: int, error: Exception) -> HttpResponse:
    member = reader(request)
    meetup = evenings.one(number, member)
    if isinstance(error, requests.Used) and member is not None and meetup is not None:
        return redirect(meetup)
    return render(request, "meetups/refused.html", {"reason": str(error), "meetup": meetup}, status=GONE)


def _again(request: HttpRequest, meetup: Meetup, refusal: str, status: int) -> HttpResponse:
    """The same control with the reason; htmx swaps it in, without scripts it is the whole page."""
    if getattr(request, "htmx", False):
        return _part(request, meetup.pk, UNPROCESSABLE, refusal)
    return _page(request, meetup, status=status, refusal=refusal)


def _page(request: HttpRequest, meetup: Meetup, **said: Any) -> HttpResponse:
    """The whole page, which needs more of the evening than answering it does."""
    return detail.page(request, meetup_or_404(request, meetup.pk), **said)


def _part(request: HttpRequest, number: int, status: int, refusal: str = "") -> HttpResponse:
    meetup = meetup_or_404(request, number)
    at: datetime = timezone.now()
    context = detail.answer_context(request, meetup, at) | {"refusal": refusal, "is_swap": True}
    return render(request, "meetups/parts/answered.html", context, status=status)
