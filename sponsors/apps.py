"""What sponsors tells the floors below when the site starts."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate


class SponsorsConfig(AppConfig):
    """Vendors, in the open: they support a group and cannot own it."""

    name = "sponsors"

    def ready(self) -> None:
        """Tell the registries; keep the guards standing around migrations."""
        from community import registry
        from moderation.registry import register as register_moderated
        from moderation.registry import register_interest
        from sponsors import exports, moderated
        from sponsors.actions import representatives
        from sponsors.models import guards
        from sponsors.notices import kinds
        from sponsors.policies.interests import interest
        from sponsors.queries import disclosure

        kinds.register()
        registry.register_labels(disclosure.labels)
        registry.register_bar(disclosure.bar_to_office)
        registry.register_sponsored(disclosure.groups_sponsored)
        registry.register_export("sponsorships-proposed", exports.sponsorships)
        registry.register_export("vendor-events", exports.events)
        registry.register_export("ledger-entries", exports.entries)
        registry.on("departed", representatives.departed)
        register_moderated(moderated.KIND)
        register_interest(interest)
        pre_migrate.connect(guards.drop, sender=self, dispatch_uid="sponsors.guards.drop")
        post_migrate.connect(guards.install, sender=self, dispatch_uid="sponsors.guards.install")
        register(guards.check, Tags.database)
