"""What machines ask for first: `robots.txt` and the sitemap."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.queries import sitemap
from live.changes import made_of

CLOSED = (
    "/account/",
    "/api/",
    "/cms/",
    "/forum/edit/",
    "/forum/new/",
    "/forum/reply/",
    "/inbox/",
    "/moderation/",
    "/search/",
    "/settings/",
)
"""Nothing to find there: forms, and what belongs to one person."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines.append(f"Sitemap: {settings.BASE_URL}{reverse('cms:sitemap')}")
    return made_of(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """`/sitemap.xml`: where the parts are, and when each last changed."""
    parts = [
        {"location": settings.BASE_URL + reverse("cms:sitemap-part", args=[name, block]), "last_mod": at}
        for name, block, at in sitemap.parts()
    ]
    answer = render(request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml")
    return made_of(answer, "forum")


@require_safe
def part(request: HttpRequest, name: str, block: int) -> HttpResponseBase:
    """`/sitemap-<section>-<n>.xml`: one part."""
    found = sitemap.addresses(name, block)
    if not found:
        raise Http404("There is no such part.")
    urls = [{"location": settings.BASE_URL + each.path, "lastmod": each.changed_at} for each in found]
    return made_of(render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml"), "forum")
