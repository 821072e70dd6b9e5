"""The wiring itself, as an app, so that its commands and checks are found."""

from django.apps import AppConfig
from django.core.checks import register

from config import checks


class ConfigConfig(AppConfig):
    """Wires everything, owns no rules."""

    name = "config"

    def ready(self) -> None:
        """Let `check` know what production must not be."""
        register(checks.production)
