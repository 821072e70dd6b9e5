"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Facts of the site, free of queries."""
    return {"SITE_NAME": settings.WAGTAIL_SITE_NAME, "BASE_URL": settings.BASE_URL, "DEMO": settings.DEMO}
