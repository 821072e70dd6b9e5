"""What notifications tells the floors below when the site starts."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Telling people: inbox, mail out, mail in."""

    name = "notifications"
