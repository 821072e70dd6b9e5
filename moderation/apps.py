"""What moderation tells the floors below when the site starts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ModerationConfig(AppConfig):
    """Judging what is said, with reasons."""

    name = "moderation"

    def ready(self) -> None:
        """Say how our notices read; keep a code of conduct in place."""
        from moderation.actions import rules
        from moderation.notices import kinds

        kinds.register()
        post_migrate.connect(lambda **_: rules.seed(), sender=self, weak=False, dispatch_uid="moderation.rules.seed")
