"""`manage.py render_again`: render posts again after the rendering changed."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from forum.actions import rendering


class Command(BaseCommand):
    """May be stopped at any time; started again, it goes on where it was."""

    help = "Render again what an older version of the renderer rendered."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how far it is."""
        total, done = rendering.waiting(), 0
        for made in rendering.render_again():
            done += made
            if sys.stdout.isatty():
                self.stdout.write(f"\r{'█' * (30 * done // max(total, done)):<30} {done:,} of {total:,} ", ending="")
                self.stdout.flush()
        self.stdout.write(f"{done:,} posts were rendered again." if done else "Every post is up to date.")
