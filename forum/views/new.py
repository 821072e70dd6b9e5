"""A new topic."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community.models import Member
from community.verdicts import NotAllowed
from forum import queries
from forum.actions import topics, writing
from forum.forms.writing import TopicForm
from forum.models import Category, Place
from forum.search.similar import similar
from forum.views import preview
from forum.views.drafting import again, offered
from forum.views.frame import (
    SENT_BEFORE,
    UNPROCESSABLE,
    kept,
    let_go,
    reader,
    refused,
    resent,
    sent_before,
    signed_out,
)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin a topic; `?category=` chooses the place."""
    member = reader(request)
    if member is None:
        return signed_out(request) if request.method == "POST" else redirect_to_login(request.get_full_path())
    asked = Category.objects.open_to(member).filter(slug=request.GET.get("category", "")).first()
    place = Place("category", asked.pk) if asked else Place("new")
    return _send(request, member, place) if request.method == "POST" else _show(request, member, asked, place)


def _show(request: HttpRequest, member: Member, asked: Category | None, place: Place) -> HttpResponseBase:
    drafting = offered(member, place)
    begun = {"category": asked, "body": asked.template} if asked else {}
    form = TopicForm(member=member, initial=begun | (kept(request) or drafting.typed))
    return render(
        request, "forum/new.html", {"form": form, "drafting": drafting, "suggested": queries.suggested(member)}
    )


def _send(request: HttpRequest, member: Member, place: Place) -> HttpResponseBase:
    form = TopicForm(request.POST, member=member)
    context: dict[str, Any] = {
        "form": form,
        "drafting": again(request, place),
        "suggested": queries.suggested(member),
    }
    if preview.wanted(request):
        context["similar"] = similar(member, request.POST.get("title", ""))
        return preview.again(request, "forum/new.html", context, lambda data: TopicForm(data, member=member))
    if not form.is_valid():
        return render(request, "forum/new.html", context, status=UNPROCESSABLE)
    try:
        topic = topics.open(author=member, at=timezone.now(), **form.cleaned_data)
    except NotAllowed as error:
        return refused(request, "forum/new.html", context, error)
    except writing.Reused as error:
        context |= {"form": TopicForm(resent(request), member=member), "sent": error.post}
        return sent_before(request, "forum/new.html", context, NotAllowed(SENT_BEFORE))
    let_go(request)
    return redirect(topic)
