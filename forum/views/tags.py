"""The tags of the forum: all of them, one of them, those of a topic."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from community.verdicts import NotAllowed
from community.views.asking import me
from forum import queries
from forum.actions import tags as verbs
from forum.forms.tags import RenameForm, RetagForm
from forum.models import Tag
from forum.policies.standing import standing_of
from forum.policies.tagging import may_rename_tags, may_tag
from forum.views.frame import UNPROCESSABLE, reader
from live.changes import made_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All tags, by name."""
    return render(request, "forum/tags.html", {"tags": queries.tag_list(reader(request))})


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponse:
    """The topics of one, wherever they stand."""
    member = reader(request)
    found = _tag(request, name)
    if name != found.name:
        return redirect(found, permanent=True)
    before = request.GET.get("before", "")
    page = queries.lines(member, at=timezone.now(), tag=found, before=before)
    context = {
        "tag": found,
        "page": page,
        "before": before,
        "may_rename": may_rename_tags(member),
        "following": queries.of_tag(member, found),
    }
    return made_of(render(request, "forum/tag.html", context), "forum")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, name: str) -> HttpResponse:
    """Call it something else; the name of another tag makes the two one."""
    if not (verdict := may_rename_tags(me(request))):
        raise PermissionDenied(verdict.reason)
    found = _tag(request, name)
    form = RenameForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        kept = verbs.rename(actor=me(request), tag=found, name=form.cleaned_data["name"])
        messages.success(request, f"It is called “{kept.name}” now. The old address leads here.")
        return redirect(kept)
    context = {"tag": found, "form": form}
    return render(request, "forum/tag_rename.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def retag(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the tags of a topic again."""
    member, at = me(request), timezone.now()
    topic = get_object_or_404(queries.find(member), pk=pk)
    if not (verdict := may_tag(standing_of(member, topic.category.group, at), topic)):
        raise PermissionDenied(verdict.reason)
    form = RetagForm(request.POST or None, initial={"tags": ", ".join(topic.tag_names)})
    if request.method == "POST" and form.is_valid():
        try:
            verbs.retag(actor=member, topic=topic, names=form.cleaned_data["tags"], at=at)
        except NotAllowed as error:
            form.add_error("tags", error.reason)
        else:
            return redirect(topic)
    context = {"topic": topic, "form": form, "suggested": queries.suggested(member)}
    return render(request, "forum/retag.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _tag(request: HttpRequest, name: str) -> Tag:
    member = reader(request)
    found = queries.find_tag(member, name, unused=bool(may_rename_tags(member)))
    if found is None:
        raise Http404("There is no such tag.")
    return found
