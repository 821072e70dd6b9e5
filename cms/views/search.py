"""One search over everything."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.forms.search import SearchForm
from cms.queries import search as queries
from forum.search import FILTERS


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """A few of each kind, or many of one; words too long are said so, and kept in the field."""
    form = SearchForm(request.GET)
    found, at = queries.Found(""), timezone.now()
    if form.is_valid():
        member = request.user if request.user.is_authenticated else None
        asked = form.cleaned_data
        found = queries.find(member, asked["q"], asked["type"], at, asked["page"])
    kinds = [{"name": name, "text": text, "is_here": name == found.kind} for name, text in queries.KINDS.items()]
    context = {"form": form, "found": found, "kinds": kinds, "now": at, "search_words": request.GET.get("q", "")[:200]}
    context |= {"filters": FILTERS.values(), "asked": urlencode({"q": found.words})}
    return render(request, "cms/search.html", context)
