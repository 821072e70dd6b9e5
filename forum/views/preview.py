"""How a text will look, rendered by the very renderer that will render it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from community.text.render import render as render_text
from forum.forms.writing import LONGEST
from forum.views.frame import FORBIDDEN, reader


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The fragment for htmx; without it the forms show the same on their own page."""
    if reader(request) is None:
        return HttpResponse("Sign in to see how it will look.", status=FORBIDDEN, content_type="text/plain")
    return render(request, "forum/parts/preview.html", {"preview": previewed(request)})


def previewed(request: HttpRequest) -> str:
    """Safe HTML of the text in the form."""
    return render_text(request.POST.get("body", "")[:LONGEST], author=reader(request)).html
