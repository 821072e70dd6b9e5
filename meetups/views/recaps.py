"""An evening written up by its organisers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community.verdicts import NotAllowed
from forum.views.preview import previewed
from meetups.actions import recaps as verbs
from meetups.forms.afterwards import RecapForm
from meetups.models import Meetup, Recap
from meetups.policies.afterwards import may_recap
from meetups.queries import recaps as queries
from meetups.views.finding import UNPROCESSABLE, acting, meetup_or_404, refused


@login_required
@require_http_methods(["GET", "POST"])
def recap(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Keep it, look at it, publish it: `do` is keep, publish, or `preview` is there."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    if not (verdict := may_recap(acting(request), meetup, at)):
        return refused(request, verdict, meetup=meetup)
    kept = queries.of(meetup)
    if request.method == "GET":
        begin = queries.words(kept) if kept else queries.begin(meetup, acting(request))
        form = RecapForm(initial={"body": begin, "version": kept.version if kept else 0})
        return _page(request, meetup, kept, form)
    form = RecapForm(request.POST)
    if "preview" in request.POST:
        return _page(request, meetup, kept, form, status=200, preview=previewed(request, request.POST))
    if form.is_valid():
        try:
            return _save(request, meetup, form)
        except NotAllowed as error:
            form.add_error("body", error.reason)
        except verbs.Overtaken as error:
            form.add_error("body", str(error))
            form = form.from_now(error.recap.version)
            return _page(request, meetup, kept, form, theirs=queries.words(error.recap))
    return _page(request, meetup, queries.of(meetup), form)


def _save(request: HttpRequest, meetup: Meetup, form: RecapForm) -> HttpResponse:
    at, actor = timezone.now(), acting(request)
    given = {"body": form.cleaned_data["body"], "version": form.cleaned_data["version"] or 0}
    kept = verbs.keep(actor=actor, meetup=meetup, at=at, **given)
    if request.POST.get("do") != "publish" or kept.published_at:
        messages.success(request, "Kept. The post says it too." if kept.post_id else "The draft is kept.")
        return redirect("meetups:recap", meetup.pk, meetup.slug or "-")
    published = verbs.publish(actor=actor, meetup=meetup, at=at)
    messages.success(request, "The recap is out. The room of the evening is read-only now.")
    return redirect(published.post) if published.post else redirect(meetup)


def _page(
    request: HttpRequest, meetup: Meetup, kept: Recap | None, form: RecapForm, *, status: int | None = None, **more: Any
) -> HttpResponse:
    context = {
        "meetup": meetup,
        "group": meetup.group,
        "recap": kept,
        "form": form,
        "category": queries.category_of(meetup),
    }
    status = status or (UNPROCESSABLE if form.is_bound else 200)
    return render(request, "meetups/recap.html", context | more, status=status)
