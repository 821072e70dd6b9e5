"""What chat tells the floors below when the site starts."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Talk while a meetup runs."""

    name = "chat"
