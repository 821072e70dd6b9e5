"""What cms tells the floors below when the site starts."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Pages that show the rest."""

    name = "cms"
