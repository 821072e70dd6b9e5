"""What moderation tells the floors below when the site starts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ModerationConfig(AppConfig):
    """Judging what is said, with reasons."""

    name = "moderation"

    def ready(self) -> None:
        """Say how our notices read and what we hold of people; keep a code of conduct in place."""
        from community import registry
        from moderation import exports
        from moderation.actions import departures, rules
        from moderation.notices import kinds

        kinds.register()
        registry.on("departed", departures.forget)
        registry.register_export("reports", exports.reports)
        registry.register_export("decisions", exports.decisions)
        post_migrate.connect(lambda **_: rules.seed(), sender=self, weak=False, dispatch_uid="moderation.rules.seed")
