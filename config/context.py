"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from config.demo import people


def site(request: HttpRequest) -> dict[str, object]:
    """Facts of the site, free of queries."""
    theme = request.COOKIES.get("theme", "")
    return {
        "SITE_NAME": settings.WAGTAIL_SITE_NAME,
        "BASE_URL": settings.BASE_URL,
        "DEMO": settings.DEMO,
        "DEMO_SIGN_IN": {"people": people.SIGN_IN, "password": people.PASSWORD} if settings.DEMO else None,
        "THEME": theme if theme in {"light", "dark"} else "",
        "LIT": lit(request),
    }


def lit(request: HttpRequest) -> str:
    """Which part of the site's menu this page belongs to, "" for none."""
    path, match = request.path, request.resolver_match
    if "/groups/new" in path:
        return "groups"
    app = match.app_name if match else ""
    if app == "community":
        return "groups" if "/groups" in path else ""
    if app == "meetups":
        return "" if "/settings" in path else "meetups"
    return app if app in {"forum", "sponsors"} else ""
