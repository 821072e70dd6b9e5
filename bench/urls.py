"""The site's addresses, and the bare view that they are measured against."""

from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    """What every Django page pays: middleware, session, the member, one query, a short answer."""
    who = request.user.pk or 0
    return HttpResponse(f"{who} {Permission.objects.count()}")


urlpatterns = [path("bare/", bare), path("", include("config.urls"))]
