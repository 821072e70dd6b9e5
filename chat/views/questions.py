"""Questions of a room and the queue of those who want to speak; `?part=list` answers the lists alone."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages as toasts
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from chat import queries
from chat.actions import questions
from chat.forms import QuestionForm
from chat.models import Question, Room
from chat.policies.questions import may_run, may_take_part
from chat.views.rooms import find, reader
from community.models import Member
from community.text.numbers import whole
from community.verdicts import NotAllowed


@login_required
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was asked, most wanted first, and who would like to speak."""
    return _page(request, find(request, pk), QuestionForm(initial={"key": uuid4().hex}))


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask; what was refused stands in the field again."""
    room, form = find(request, pk), QuestionForm(request.POST)
    if form.is_valid():
        body, key = form.cleaned_data["body"], form.cleaned_data["key"]
        try:
            return redirect(
                questions.ask(author=reader(request), room=room, body=body, client_key=key, at=timezone.now())
            )
        except NotAllowed as error:
            form.add_error("body", error.reason)
    return _page(request, room, form, 422)


@login_required
@require_POST
def change(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Vote, unvote, answered, open again, withdraw: `act` says which."""
    room, member, at = find(request, pk), reader(request), timezone.now()
    question = get_object_or_404(Question.objects.standing(), room=room, pk=number)
    acts: dict[str, Callable[[], None]] = {
        "vote": lambda: questions.vote(member=member, question=question, is_on=True, at=at),
        "unvote": lambda: questions.vote(member=member, question=question, is_on=False, at=at),
        "answered": lambda: questions.settle(actor=member, question=question, is_answered=True, at=at),
        "open": lambda: questions.settle(actor=member, question=question, is_answered=False, at=at),
        "withdraw": lambda: questions.withdraw(author=member, question=question, at=at),
    }
    return _done(request, room, acts.get(request.POST.get("act", "")))


@login_required
@require_POST
def hand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Raise or lower one's own hand, or say of another that they have spoken."""
    room, member, at = find(request, pk), reader(request), timezone.now()
    acts: dict[str, Callable[[], None]] = {
        "raise": lambda: questions.raise_hand(member=member, room=room, at=at),
        "lower": lambda: questions.lower_hand(actor=member, room=room, member=member, at=at),
    }
    if (spoken := whole(request.POST.get("member", ""))) is not None:
        other = get_object_or_404(Member, pk=spoken)
        acts["spoken"] = lambda: questions.lower_hand(actor=member, room=room, member=other, at=at)
    return _done(request, room, acts.get(request.POST.get("act", "")))


@login_required
@require_POST
def asking(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take questions in this room, or no longer."""
    room, member, is_on = find(request, pk), reader(request), request.POST.get("on") == "yes"
    return _done(
        request, room, lambda: questions.set_asking(actor=member, room=room, is_asking=is_on, at=timezone.now())
    )


def _page(request: HttpRequest, room: Room, form: QuestionForm, status: int = 200) -> HttpResponseBase:
    member = reader(request)
    round_ = queries.round_of(room, member)
    context = {
        "room": room,
        "zone": room.group.time_zone,
        "round": round_,
        "may_run": may_run(member, room),
        "verdict": may_take_part(member, room, timezone.now()),
        "form": form,
    }
    template = "chat/parts/questions.html" if request.GET.get("part") == "list" else "chat/questions.html"
    return render(request, template, context, status=status)


def _done(request: HttpRequest, room: Room, verb: Callable[[], None] | None) -> HttpResponseBase:
    try:
        if verb is None:
            raise NotAllowed("This page is out of date. Nothing was changed; try it once more.")
        verb()
    except NotAllowed as error:
        toasts.error(request, error.reason)
    return redirect("chat:questions", room.pk)
