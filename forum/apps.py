"""What forum tells the floors below when the site starts."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """The talk between two meetups."""

    name = "forum"
