"""A whisper: written on a page of its own, taken back where it stands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community.models import Member
from community.verdicts import NotAllowed
from forum import queries
from forum.actions import whispers
from forum.forms.writing import WhisperForm
from forum.models import Topic, Whisper
from forum.policies.standing import standing_of
from forum.policies.whispering import may_whisper
from forum.views.frame import UNPROCESSABLE, kept, let_go, reader, refused, signed_out
from forum.views.pace import at_most

TEMPLATE = "forum/whisper.html"


@require_http_methods(["GET", "HEAD", "POST"])
@at_most(20, "whisper")
def whisper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`?after=` is the number of the post it is about."""
    member = reader(request)
    if member is None:
        return signed_out(request) if request.method == "POST" else redirect_to_login(request.get_full_path())
    topic = get_object_or_404(queries.find(member), pk=pk)
    if request.method == "POST":
        return _say(request, member, topic)
    verdict = may_whisper(standing_of(member, topic.category.group, timezone.now()), topic)
    if not verdict:
        return refused(request, "forum/refused.html", {"topic": topic}, NotAllowed(verdict.reason))
    typed = kept(request)
    form = WhisperForm(initial={"body": typed.get("body", ""), "after": request.GET.get("after", "")})
    return render(request, TEMPLATE, {"topic": topic, "form": form})


@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One's own."""
    member = reader(request)
    rows = Whisper.objects.visible_to(member).select_related("topic", "group")
    found = get_object_or_404(rows, pk=pk)
    try:
        if member is not None:
            whispers.take_back(author=member, whisper=found, at=timezone.now())
    except NotAllowed as error:
        return refused(request, "forum/refused.html", {"topic": found.topic}, error)
    messages.success(request, "Your whisper is taken back.")
    return redirect(found)


def _say(request: HttpRequest, member: Member, topic: Topic) -> HttpResponseBase:
    form = WhisperForm(request.POST)
    context = {"topic": topic, "form": form}
    if not form.is_valid():
        return render(request, TEMPLATE, context, status=UNPROCESSABLE)
    after = form.cleaned_data.pop("after") or 0
    try:
        said = whispers.say(author=member, topic=topic, after=after, at=timezone.now(), **form.cleaned_data)
    except NotAllowed as error:
        return refused(request, TEMPLATE, context, error)
    let_go(request)
    return redirect(said)
