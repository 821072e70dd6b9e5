"""How a text will look, rendered by the very renderer that will render it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST

from community.text.limits import TooLong
from community.text.render import render as render_text
from forum import queries
from forum.forms.writing import LONGEST
from forum.models import Category
from forum.views.frame import FORBIDDEN, reader


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The fragment for htmx; without it the forms show the same on their own page."""
    if reader(request) is None:
        return HttpResponse("Sign in to see how it will look.", status=FORBIDDEN, content_type="text/plain")
    return render(request, "forum/parts/preview.html", {"preview": previewed(request)})


def previewed(request: HttpRequest) -> SafeString:
    """Safe HTML of the text in the form, as it will stand in its `category`; or why it is too long."""
    text, member = request.POST.get("body", "")[:LONGEST], reader(request)
    number = request.POST.get("category", "")
    place = None
    if number.isascii() and number.isdigit() and len(number) < 10:  # noqa: PLR2004
        place = Category.objects.visible_to(member).filter(pk=int(number)).first()
    try:
        return mark_safe(render_text(text, author=member, places=queries.linkable(place)).html)
    except TooLong as error:
        return mark_safe(f"<p>{error}</p>")
