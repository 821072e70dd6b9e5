"""What community tells the floors below when the site starts."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """People and the groups they form."""

    name = "community"
