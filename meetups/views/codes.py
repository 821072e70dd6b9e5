"""A door code: on the phone of someone who is going, and under the camera of an organiser."""

import io

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.verdicts import NotAllowed
from meetups import policies, tokens
from meetups.actions import door
from meetups.models import Attendance, Rsvp
from meetups.views.finding import FORBIDDEN, acting, meetup_or_404, reader, refused


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Show this at the door: the code of one's own answer, large, on white, also in the dark."""
    meetup = meetup_or_404(request, number)
    rsvp = meetup.rsvps.filter(member=acting(request), state=Rsvp.State.GOING).first()
    if rsvp is None:
        return redirect(f"{meetup.get_absolute_url()}#rsvp")
    path = reverse("meetups:at-the-door", args=[meetup.pk, meetup.slug or "-", tokens.door(rsvp)])
    context = {"meetup": meetup, "group": meetup.group, "rsvp": rsvp, "picture": _picture(settings.BASE_URL + path)}
    return render(request, "meetups/door_code.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def at_the_door(request: HttpRequest, number: int, slug: str, token: str) -> HttpResponse:
    """What the camera opens: who it is, and one press that lets them in. For organisers; looking changes nothing."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    if not (verdict := policies.may_run(reader(request), meetup.group)):
        return refused(request, verdict, meetup=meetup)
    rows = Rsvp.objects.select_related("member").filter(meetup=meetup, pk=tokens.door_of(token) or 0)
    rsvp = rows.first()
    if rsvp is None:
        raise Http404
    refusal, status = "", 200
    if request.method == "POST":
        try:
            door.check_in(actor=acting(request), meetup=meetup, member=rsvp.member, at=at)
            return redirect(request.path)
        except NotAllowed as error:
            refusal, status = error.reason, FORBIDDEN
    context = {
        "meetup": meetup,
        "group": meetup.group,
        "rsvp": rsvp,
        "attendance": Attendance.objects.filter(meetup=meetup, member=rsvp.member).first(),
        "verdict": policies.may_keep_the_door(reader(request), meetup, at, "organiser"),
        "refusal": refusal,
    }
    return render(request, "meetups/at_the_door.html", context, status=status)


def _picture(words: str) -> str:
    """An SVG of our own making: nothing in it was typed by anyone."""
    drawn = io.BytesIO()
    segno.make(words, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, border=3, light="#fff", dark="#000", omitsize=True, nl=False
    )
    return mark_safe(drawn.getvalue().decode())
