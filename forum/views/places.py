"""Places to talk in, arranged by those who look after them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.models import Group
from community.verdicts import NotAllowed
from community.views.asking import me
from forum import queries
from forum.actions import places as verbs
from forum.forms.places import PlaceForm
from forum.models import Category
from forum.policies.places import may_arrange
from forum.views.frame import UNPROCESSABLE


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Those of a group (without `slug`: of the site) in their order, and a form for one more."""
    group = get_object_or_404(Group.objects.visible_to(me(request)), slug=slug) if slug else None
    _ask(request, group)
    form = PlaceForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.make(actor=me(request), group=group, at=timezone.now(), **form.cleaned_data)
        except NotAllowed as error:
            form.add_error("name", error.reason)
        else:
            messages.success(request, f"“{made.name}” is there.")
            return redirect(_list_of(made))
    context = {"group": group, "places": queries.arranged(group), "form": form, "role": "organiser"}
    return render(request, "forum/places.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Say one differently; what else can be done with it."""
    found = _place(request, pk)
    form = PlaceForm(request.POST or None, group=found.group, place=found)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.amend(actor=me(request), place=found, at=timezone.now(), **form.cleaned_data)
        except NotAllowed as error:
            form.add_error("name", error.reason)
        else:
            messages.success(request, "Saved.")
            return redirect(_list_of(found))
    context = {"group": found.group, "place": found, "form": form, "back": _list_of(found), "role": "organiser"}
    return render(request, "forum/place.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One up (`by=-1`), or one down (`by=1`)."""
    found = _place(request, pk)
    verbs.move(actor=me(request), place=found, by=-1 if request.POST.get("by") == "-1" else 1)
    return redirect(_list_of(found))


@login_required
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing new begins there; with `retired=0` it does again."""
    found, at = _place(request, pk), timezone.now()
    try:
        if request.POST.get("retired") == "0":
            verbs.reopen(actor=me(request), place=found, at=at)
        else:
            verbs.retire(actor=me(request), place=found, at=at)
    except NotAllowed as error:
        messages.error(request, error.reason)
    return redirect(_list_of(found))


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Only where nothing was ever said."""
    found = _place(request, pk)
    try:
        verbs.delete(actor=me(request), place=found, at=timezone.now())
    except NotAllowed as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, f"“{found.name}” is gone.")
    return redirect(_list_of(found))


@login_required
@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """What a new topic in this place begins with, as plain text, for whoever may begin one."""
    text = Category.objects.open_to(me(request)).filter(pk=pk).values_list("template", flat=True).first()
    if text is None:
        raise Http404("There is no such place.")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _ask(request: HttpRequest, group: Group | None) -> None:
    if not (verdict := may_arrange(me(request), group)):
        raise PermissionDenied(verdict.reason)


def _place(request: HttpRequest, pk: int) -> Category:
    found = get_object_or_404(Category.objects.visible_to(me(request)).select_related("group"), pk=pk)
    _ask(request, found.group)
    return found


def _list_of(place: Category) -> str:
    return reverse("forum:places", args=[place.group.slug]) if place.group else reverse("forum:site-places")
