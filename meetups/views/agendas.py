"""The agenda: read by all once it is published, by members before; put together by organisers."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community import registry
from community.text.numbers import whole
from community.verdicts import NotAllowed, no
from meetups import policies
from meetups.actions import agenda as verbs
from meetups.actions.product_time import TooMuchProduct
from meetups.forms.agendas import MOST_MINUTES, SlotForm
from meetups.models import Meetup, Proposal
from meetups.queries import for_me as echoes
from meetups.queries import product_time
from meetups.queries import proposals as topics
from meetups.queries.product_time import Agenda
from meetups.views import for_me
from meetups.views.finding import UNPROCESSABLE, acting, meetup_or_404, reader, refused


@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """What the evening is about; organisers put it together here. `?part=agenda` is what others may change."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    role = policies.role_of(reader(request), meetup.group)
    verdict = policies.may_change(reader(request), meetup, at, role)
    if request.method == "GET":
        return page(request, meetup, at, role=role, is_part=request.GET.get("part") == "agenda")
    if not verdict:
        return refused(request, verdict, meetup=meetup)
    form = SlotForm(request.POST, group=meetup.group)
    if form.is_valid():
        try:
            verbs.add(actor=acting(request), meetup=meetup, at=at, **form.cleaned_data)
        except TooMuchProduct as error:
            form.add_error("minutes", str(error))
        except NotAllowed as error:
            form.add_error(None, error.reason)
        else:
            return redirect("meetups:agenda", number, meetup.slug or "-")
    return page(request, meetup, at, role=role, form=form, status=UNPROCESSABLE)


@login_required
@require_POST
def order(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Slots in the order of the numbers beside them."""
    meetup = meetup_or_404(request, number)
    numbered = []
    for place, item in enumerate(meetup.agenda_items.all(), start=1):
        said = whole(request.POST.get(f"place-{item.pk}", ""))
        wanted = place if said is None else said
        # A slot that got another number goes before the one that has it already, or after it when it moves down.
        numbered.append((wanted, 0 if wanted < place else 2 if wanted > place else 1, place, item.pk))
    try:
        verbs.arrange(
            actor=acting(request), meetup=meetup, order=[each[-1] for each in sorted(numbered)], at=timezone.now()
        )
    except NotAllowed as error:
        return refused(request, no(error.reason), meetup=meetup)
    return _back(meetup, "#order")


@login_required
@require_POST
def take(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """A topic of the group becomes a slot."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    rows = Proposal.objects.visible_to(reader(request)).filter(group=meetup.group)
    topic = get_object_or_404(rows, pk=whole(request.POST.get("proposal", "")) or 0)
    minutes = whole(request.POST.get("minutes", ""), most=MOST_MINUTES) or verbs.USUAL_MINUTES
    try:
        verbs.take(actor=acting(request), meetup=meetup, proposal=topic, minutes=minutes, at=at)
    except NotAllowed as error:
        return refused(request, no(error.reason), meetup=meetup)
    messages.success(request, f"“{topic.title}” is on the agenda, and whoever proposed it is told.")
    return _back(meetup, "#order")


@login_required
@require_POST
def publish(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Out with it, unless it holds too much product time."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    try:
        verbs.publish(actor=acting(request), meetup=meetup, at=at)
    except TooMuchProduct as error:
        return page(request, meetup, at, refusal=str(error), status=UNPROCESSABLE)
    except NotAllowed as error:
        return refused(request, no(error.reason), meetup=meetup)
    messages.success(request, "The agenda is out. The votes for its topics stand as they are.")
    return _back(meetup)


def shown(meetup: Meetup, role: str) -> Agenda | None:
    """What this reader may see of it, judged: members see a draft too."""
    items = list(meetup.agenda_items.all())
    if not items or not (role or meetup.agenda_published_at):
        return None
    return product_time.of(meetup, items)


def page(
    request: HttpRequest,
    meetup: Meetup,
    at: datetime,
    *,
    role: str | None = None,
    form: SlotForm | None = None,
    refusal: str = "",
    status: int = 200,
    is_part: bool = False,
) -> HttpResponse:
    """The agenda, and for organisers all they need to put it together; or only what follows the doings of others."""
    member = reader(request)
    role = policies.role_of(member, meetup.group) if role is None else role
    found = shown(meetup, role)
    speakers = {slot.item.speaker_id for slot in found.slots if slot.item.speaker_id} if found else set()
    context: dict[str, Any] = {
        "meetup": meetup,
        "group": meetup.group,
        "role": role,
        "agenda": found,
        "refusal": refusal,
        "labels": registry.labels(speakers, meetup.group) if speakers else {},
        "may_claim": bool(role) and meetup.starts_at > at and meetup.state == Meetup.State.PUBLISHED,
        "may_change": policies.may_change(member, meetup, at, role),
    }
    context |= for_me.shown(request, meetup, at)
    if context["may_change"]:
        context |= {
            "form": form or SlotForm(group=meetup.group),
            "topics": topics.most_wanted(meetup.group, member, 20),
            "usual_minutes": verbs.USUAL_MINUTES,
            "echoes": echoes.of_group(meetup.group, at),
            "cap": found.cap if found else product_time.of(meetup, []).cap,
        }
    template = "meetups/parts/agenda_now.html" if is_part else "meetups/agenda.html"
    return render(request, template, context, status=status)


def _back(meetup: Meetup, anchor: str = "") -> HttpResponse:
    response = redirect("meetups:agenda", meetup.pk, meetup.slug or "-")
    response["Location"] += anchor
    return response
