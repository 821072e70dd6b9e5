"""What live tells the floors below when the site starts."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The one socket and the hub that fans events out."""

    name = "live"
