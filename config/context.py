"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Facts of the site, free of queries."""
    theme = request.COOKIES.get("theme", "")
    return {
        "SITE_NAME": settings.WAGTAIL_SITE_NAME,
        "BASE_URL": settings.BASE_URL,
        "DEMO": settings.DEMO,
        "THEME": theme if theme in {"light", "dark"} else "",
    }
