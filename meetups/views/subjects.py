"""The list of subjects, for the site's editors."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from community.verdicts import NotAllowed
from meetups import policies
from meetups.actions import subjects as verbs
from meetups.forms.proposals import SubjectForm
from meetups.models import Subject
from meetups.views.finding import UNPROCESSABLE, acting, reader, refused


@login_required
@require_http_methods(["GET", "POST"])
def subjects(request: HttpRequest) -> HttpResponse:
    """All of them in their order, and a form for one more."""
    if not (verdict := policies.may_curate(reader(request))):
        return refused(request, verdict)
    form = SubjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.add(actor=acting(request), name=form.cleaned_data["name"])
        except NotAllowed as error:
            form.add_error("name", error.reason)
        else:
            messages.success(request, "Added, at the end of the list.")
            return redirect("meetups:subjects")
    rows = Subject.objects.order_by("position", "name")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "meetups/subjects.html", {"subjects": rows, "form": form}, status=status)


@login_required
@require_POST
def subject(request: HttpRequest, number: int) -> HttpResponse:
    """Rename one, move it, offer it or no longer: `do` is rename, up, down, offer or keep-back."""
    actor, do = acting(request), request.POST.get("do", "")
    if not (verdict := policies.may_curate(reader(request))):
        return refused(request, verdict)
    found = get_object_or_404(Subject, pk=number)
    form = SubjectForm(request.POST)
    try:
        if do in {"up", "down"}:
            verbs.move(actor=actor, subject=found, steps=-1 if do == "up" else 1)
        elif do in {"offer", "keep-back"}:
            verbs.offer(actor=actor, subject=found, is_offered=do == "offer")
        elif form.is_valid():
            verbs.rename(actor=actor, subject=found, name=form.cleaned_data["name"])
        else:
            messages.error(request, "A name needs a letter or two, and forty at most.")
    except NotAllowed as error:
        messages.error(request, error.reason)
    return redirect("meetups:subjects")
