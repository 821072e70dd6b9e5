"""While a title is typed: was it asked before?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.views.asking import me
from forum.search import similar as search
from forum.views.pace import at_most

LONGEST = 160


@login_required
@require_safe
@at_most(90, "similar", looks=True)
def similar(request: HttpRequest) -> HttpResponse:
    """The fragment for htmx; without it the preview of a new topic shows the same."""
    found = search.similar(me(request), request.GET.get("title", "")[:LONGEST])
    return render(request, "forum/parts/similar.html", {"similar": found})
