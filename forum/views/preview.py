"""How a text will look, rendered by the very renderer that will render it."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST

from community.text.limits import TooLong
from community.text.numbers import whole
from community.text.render import render as render_text
from community.verdicts import NotAllowed
from forum import queries
from forum.forms.writing import LONGEST
from forum.models import Category
from forum.text.polls import Unclear, parse
from forum.views.frame import FORBIDDEN, UNPROCESSABLE, reader, refused
from forum.views.pace import at_most
from forum.views.pictures import with_picture


@require_POST
@at_most(90, "preview")
def preview(request: HttpRequest) -> HttpResponse:
    """The fragment for htmx; without it the forms show the same on their own page."""
    if reader(request) is None:
        return HttpResponse("Sign in to see how it will look.", status=FORBIDDEN, content_type="text/plain")
    return render(request, "forum/parts/preview.html", {"preview": previewed(request, request.POST)})


def wanted(request: HttpRequest) -> bool:
    """The form asks how it will look; a chosen picture is looked at before it is posted."""
    return "preview" in request.POST or "picture" in request.FILES


def again(
    request: HttpRequest, template: str, context: dict[str, Any], form: Callable[[QueryDict], Form]
) -> HttpResponse:
    """The page once more: as it will look, with a chosen picture at its end, or why that cannot be taken."""
    try:
        data = with_picture(request)
    except NotAllowed as error:
        return refused(request, template, context, error, status=UNPROCESSABLE)
    return render(request, template, {**context, "form": form(data), "preview": previewed(request, data)})


def previewed(request: HttpRequest, data: QueryDict) -> SafeString:
    """Safe HTML of the text in the form, as it will stand in its `category`; or why it is too long."""
    text, member = data.get("body", "")[:LONGEST], reader(request)
    number, place = whole(data.get("category", "")), None
    if number is not None:
        place = Category.objects.visible_to(member).filter(pk=number).first()
    try:
        linked, shown = queries.linkable(place), queries.showable(member)
        return mark_safe(render_text(parse(text).shown, author=member, places=linked, pictures=shown).html)
    except (TooLong, Unclear) as error:
        return format_html("<p>{}</p>", str(error))
