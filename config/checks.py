"""What a production start refuses, each with the way to put it right."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from config import env


def production(**_kwargs: Any) -> list[CheckMessage]:
    """Errors only when PILOTLIGHT_ENV=production; `serve` and `check` stop on them."""
    if env.ENVIRONMENT != "production":
        return []
    found = [
        (
            not settings.SECRET_KEY,
            "SECRET_KEY is not set.",
            "Make one: python -c 'import secrets; print(secrets.token_urlsafe(60))'",
        ),
        (settings.DEBUG, "DEBUG is on.", "Remove DEBUG from the environment."),
        (settings.DEMO, "The demo accounts are on.", "Remove PILOTLIGHT_DEMO: everyone knows their password."),
        ("*" in settings.ALLOWED_HOSTS, "ALLOWED_HOSTS holds a wildcard.", "Name the hosts of this site."),
        (
            not settings.BASE_URL.startswith("https://"),
            "BASE_URL is not https.",
            "Set BASE_URL to the public address, such as https://forum.example.",
        ),
        (
            not (env.EMAIL_URL or env.ANYMAIL_BACKEND),
            "No way to send mail is set.",
            "Set EMAIL_URL (such as smtp://localhost:25) or ANYMAIL_BACKEND.",
        ),
    ]
    return [
        Error(what, hint=how, id=f"pilotlight.E{number:03}")
        for number, (is_wrong, what, how) in enumerate(found, start=1)
        if is_wrong
    ]
