"""`manage.py make_pages`: the pages a site begins with."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.actions import sites


class Command(BaseCommand):
    """Run it after the first migrate; again it changes nothing."""

    help = "Make the home page, news, about, how it works, privacy, and the group of editors."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing, say what."""
        made = sites.make_pages()
        self.stdout.write(f"Made: {', '.join(made)}." if made else "All pages are there already.")
