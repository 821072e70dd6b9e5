"""The wiring itself, as an app, so that its commands are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Wires everything, owns no rules."""

    name = "config"
