"""Choosing how closely to follow; "mark as read", which asks first, for marks never go back; the reading clock."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community.models import Group, Member
from forum import queries
from forum.actions import following, reading
from forum.forms.following import LevelForm, SecondsForm
from forum.models import Category, Reading, Tag
from forum.views.frame import reader
from forum.views.pace import at_most

_TOLD = {
    Reading.Level.WATCHING: "You will hear of everything that is written here.",
    Reading.Level.TRACKING: "What is new here is counted for you.",
    Reading.Level.NORMAL: "You will hear of this only when somebody calls you in.",
    Reading.Level.MUTED: "You will hear nothing of this.",
    None: "Back to how it usually is.",
}


@login_required
@require_POST
@at_most(60, "mark")
def topic(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One topic."""
    member, form = _member(request), LevelForm(request.POST)
    found = get_object_or_404(queries.find(member), pk=pk)
    if form.is_valid() and (level := form.cleaned_data["level"]):
        following.topic(member=member, topic=found, level=level, at=timezone.now())
        messages.success(request, _TOLD[level])
    return redirect(found)


@login_required
@require_POST
@at_most(60, "mark")
def category(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All of a place."""
    member, form = _member(request), LevelForm(request.POST)
    found = get_object_or_404(Category.objects.visible_to(member), slug=slug)
    if form.is_valid():
        following.category(member=member, category=found, level=form.cleaned_data["level"])
        messages.success(request, _TOLD[form.cleaned_data["level"]])
    return redirect(found)


@login_required
@require_POST
@at_most(60, "mark")
def group(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All of a group."""
    member, form = _member(request), LevelForm(request.POST)
    found = get_object_or_404(Group.objects.visible_to(member), slug=slug)
    if form.is_valid():
        following.group(member=member, group=found, level=form.cleaned_data["level"])
        messages.success(request, _TOLD[form.cleaned_data["level"]])
    return redirect("forum:group", found.slug)


@login_required
@require_POST
@at_most(60, "mark")
def tag(request: HttpRequest, name: str) -> HttpResponseBase:
    """All that carries a tag."""
    member, form = _member(request), LevelForm(request.POST)
    found = get_object_or_404(Tag.objects.visible_to(member), name=name)
    if form.is_valid():
        following.tag(member=member, tag=found, level=form.cleaned_data["level"])
        messages.success(request, _TOLD[form.cleaned_data["level"]])
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def read_all(request: HttpRequest) -> HttpResponseBase:
    """Everything, a place (`?category=`) or a group (`?group=`): says how much it is, then marks it."""
    member, at = _member(request), timezone.now()
    place = _place(request, member)
    back = _back(**place)
    if request.method == "POST":
        reading.mark_read(member=member, at=at, **place)
        messages.success(request, "All is marked as read.")
        return redirect(back)
    waiting = sum(sum(each) for each in queries.waiting_in(member, at=at, **place).values())
    return render(request, "forum/read_all.html", {**place, "waiting_total": waiting, "back": back})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def read_topic(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A long topic, without turning its pages."""
    member = _member(request)
    found = get_object_or_404(queries.find(member), pk=pk)
    if request.method == "POST":
        reading.read_up_to(member=member, topic=found, number=found.last_number, at=timezone.now())
        messages.success(request, "All is marked as read.")
        return redirect(found)
    mine = queries.mine_in(member, pk)
    waiting = max(found.last_shown_number - (mine.read_to if mine else 0), 0)
    context = {"topic": found, "waiting_total": waiting, "back": found.get_absolute_url()}
    return render(request, "forum/read_all.html", context)


@login_required
@require_POST
def spent(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A page says how long it has been in sight."""
    member, form = _member(request), SecondsForm(request.POST)
    found = get_object_or_404(queries.find(member), pk=pk)
    if form.is_valid():
        reading.spent(member=member, topic=found, seconds=form.cleaned_data["seconds"])
    return HttpResponse(status=204)


def _member(request: HttpRequest) -> Member:
    member = reader(request)
    if member is None:
        raise Http404
    return member


def _back(category: Category | None = None, group: Group | None = None) -> str:
    if category is not None:
        return category.get_absolute_url()
    return reverse("forum:group", args=[group.slug]) if group else reverse("forum:index")


def _place(request: HttpRequest, member: Member) -> dict[str, Any]:
    if slug := request.GET.get("category"):
        rows = Category.objects.visible_to(member).select_related("group")
        return {"category": get_object_or_404(rows, slug=slug)}
    if slug := request.GET.get("group"):
        return {"group": get_object_or_404(Group.objects.visible_to(member), slug=slug)}
    return {}
