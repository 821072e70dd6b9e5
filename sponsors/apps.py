"""What sponsors tells the floors below when the site starts."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate


class SponsorsConfig(AppConfig):
    """Vendors, in the open: they support a group and cannot own it."""

    name = "sponsors"

    def ready(self) -> None:
        """Keep the guards standing around migrations."""
        from sponsors.models import guards

        pre_migrate.connect(guards.drop, sender=self, dispatch_uid="sponsors.guards.drop")
        post_migrate.connect(guards.install, sender=self, dispatch_uid="sponsors.guards.install")
        register(guards.check, Tags.database)
