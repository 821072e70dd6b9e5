"""Make the site's first places to talk."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.actions import categories


class Command(BaseCommand):
    """Safe to run again: places that are there stay as they are."""

    help = "Make the site's first categories."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing."""
        categories.seed()
        self.stdout.write("The site's categories are there.")
