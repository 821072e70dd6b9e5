"""What sponsors tells the floors below when the site starts."""

from django.apps import AppConfig


class SponsorsConfig(AppConfig):
    """Vendors, in the open: they support a group and cannot own it."""

    name = "sponsors"
