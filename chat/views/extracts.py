"""Make a topic of messages; say yes or no where it is one's own words that would go further."""

from http import HTTPStatus

from django.contrib import messages as toasts
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chat import queries
from chat.actions import extracts
from chat.forms import ExtractForm
from chat.models import Citation, Extract
from chat.policies.rooms import may_care
from chat.views.rooms import find, reader, whole
from community.verdicts import NotAllowed
from forum.models import Category


@login_required
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tick messages of the newest page, or of the one around `?at=`, and name the topic."""
    room, member, at = find(request, pk), reader(request), timezone.now()
    around = whole(request.GET.get("at", ""))
    shown = [
        line
        for line in queries.history(room, member, at=around).lines
        if not line.message.deleted_at and not line.message.hidden_at
    ]
    categories = Category.objects.open_to(member).filter(group=room.group).order_by("position", "pk")
    ticked = [around] if around else []
    form = ExtractForm(
        request.POST or None,
        categories=categories,
        numbers=[line.message.seq for line in shown],
        initial={"numbers": ticked},
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        ticked = [int(each) for each in request.POST.getlist("numbers") if whole(each) is not None]
        if form.is_valid():
            try:
                return _made(request, extracts.make(actor=member, room=room, at=at, **form.cleaned_data))
            except NotAllowed as error:
                form.add_error(None, error.reason)
    context = {
        "room": room,
        "zone": room.group.time_zone,
        "lines": shown,
        "ticked": ticked,
        "form": form,
        "may_decide": may_care(member, room),
    }
    return render(request, "chat/extract.html", context, status=status)


@login_required
@require_GET
def asked(request: HttpRequest) -> HttpResponseBase:
    """Where one's own words would go."""
    return render(request, "chat/asked.html", {"asked": queries.asked_of(reader(request))})


@login_required
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponseBase:
    """Yes, they may stand there; or no."""
    member = reader(request)
    citation = get_object_or_404(Citation.objects.select_related("message"), pk=number, message__author=member)
    agrees = request.POST.get("answer") == "yes"
    try:
        extracts.answer(member=member, citation=citation, agrees=agrees, at=timezone.now())
    except NotAllowed as error:
        toasts.error(request, error.reason)
    return redirect("chat:asked")


def _made(request: HttpRequest, extract: Extract) -> HttpResponseBase:
    waiting = extract.citations.filter(state=Citation.State.ASKED).count()
    if waiting:
        many = "One message waits" if waiting == 1 else f"{waiting} messages wait"
        toasts.success(request, f"{many} for their authors to agree: more people read there than in this room.")
    return redirect(extract.topic or extract.room)
