"""What moderation tells the floors below when the site starts."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Judging what is said, with reasons."""

    name = "moderation"
