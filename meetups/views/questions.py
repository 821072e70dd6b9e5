"""Questions of an evening: set by organisers, answered once somebody comes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community.verdicts import NotAllowed, no
from meetups import policies
from meetups.actions import questions as verbs
from meetups.forms.questions import QuestionForm, RepliesForm
from meetups.policies.replies import may_reply
from meetups.queries import questions as queries
from meetups.views.finding import UNPROCESSABLE, acting, meetup_or_404, reader, refused


@login_required
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """All of them, and a form for one more."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    if not (verdict := policies.may_change(reader(request), meetup, at)):
        return refused(request, verdict, meetup=meetup)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.ask(actor=acting(request), meetup=meetup, at=at, **form.cleaned_data)
        except NotAllowed as error:
            form.add_error("choices" if form.cleaned_data["choices"] else "text", error.reason)
        else:
            messages.success(request, "Everybody who comes is asked, and so are those who said so already.")
            return redirect("meetups:questions", number, meetup.slug or "-")
    context = {"meetup": meetup, "group": meetup.group, "questions": queries.of(meetup), "form": form}
    return render(request, "meetups/questions.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_POST
def remove(request: HttpRequest, number: int, slug: str, question_number: int) -> HttpResponse:
    """Take one out, with its answers."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    if not (verdict := policies.may_change(reader(request), meetup, at)):
        return refused(request, verdict, meetup=meetup)
    found = get_object_or_404(meetup.questions.select_related("meetup__group"), pk=question_number)
    verbs.remove(actor=acting(request), question=found, at=at)
    messages.success(request, "It is out, with what was answered.")
    return redirect("meetups:questions", number, meetup.slug or "-")


@login_required
@require_http_methods(["GET", "POST"])
def replies(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """What the organisers ask somebody who comes."""
    meetup, at, member = meetup_or_404(request, number), timezone.now(), acting(request)
    if not (verdict := may_reply(member, meetup, at)):
        return refused(request, verdict, meetup=meetup)
    asked = queries.of(meetup)
    said = queries.replies_of(meetup, member.pk)
    form = RepliesForm(request.POST or None, questions=asked, said=said)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.reply(member=member, meetup=meetup, given=form.given, at=at)
        except verbs.Unanswered as error:
            form.add_error(f"q{error.question.pk}", str(error))
        except NotAllowed as error:
            return refused(request, no(error.reason), meetup=meetup)
        else:
            messages.success(request, "Thank you. The organisers read it, and nobody else.")
            return redirect(meetup)
    context = {"meetup": meetup, "group": meetup.group, "form": form, "questions": asked}
    return render(request, "meetups/replies.html", context, status=UNPROCESSABLE if form.is_bound else 200)
