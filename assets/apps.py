"""What assets tells the floors below when the site starts."""

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """Images and files, as Wagtail and members use them."""

    name = "assets"
