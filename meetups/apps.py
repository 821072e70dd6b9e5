"""What meetups tells the floors below when the site starts."""

from django.apps import AppConfig


class MeetupsConfig(AppConfig):
    """The evenings."""

    name = "meetups"
