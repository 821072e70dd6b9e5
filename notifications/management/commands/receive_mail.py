"""`manage.py receive_mail < mail`: for a mail server's pipe."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from notifications.actions import incoming

TRY_AGAIN, BAD_INPUT = 75, 65


class Command(BaseCommand):
    """Lets one mail in from standard input."""

    help = "Let one mail in from standard input. Exit code 75 asks the mail server to try again later."

    def handle(self, **options: Any) -> None:
        """Read, receive, say what became of it; never answer a mail the server should not answer either."""
        raw = sys.stdin.buffer.read(incoming.LARGEST + 1)
        try:
            row = incoming.receive(raw, timezone.now())
        except incoming.TooLarge as error:
            raise CommandError("A mail may have 30 MB at most.", returncode=BAD_INPUT) from error
        except Exception as error:
            raise CommandError(f"Not now: {error}", returncode=TRY_AGAIN) from error
        self.stdout.write(f"{row.outcome}: {row.detail}")
