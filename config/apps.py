"""The wiring itself, as an app, so that its commands and checks are found."""

from django.apps import AppConfig
from django.core.checks import register

from config import checks


class ConfigConfig(AppConfig):
    """Wires everything, owns no rules."""

    name = "config"

    def ready(self) -> None:
        """Let `check` know what production must not be, and name the due work that belongs to no floor."""
        register(checks.production)
        from config import due
        from notifications import registry

        registry.register_due("tasks-come-back", due.give_back_tasks)
