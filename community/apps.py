"""What community tells the floors below when the site starts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CommunityConfig(AppConfig):
    """People and the groups they form."""

    name = "community"

    def ready(self) -> None:
        """Say how our notices read, who gets no mail, what we hold of a member; keep the log's guards standing."""
        from community import registry
        from community.actions import claims, trust
        from community.exports import own
        from community.models import guards
        from community.notices import kinds
        from community.queries import sanctions, scopes
        from notifications import exports
        from notifications import registry as telling
        from notifications.actions import departures

        kinds.register()
        own.register()
        telling.register_scopes("group", names=scopes.names, places=scopes.places)
        telling.register_unreachable(sanctions.suspended)
        # Notifications stands below and knows no members' lives: its part in them is told here.
        registry.on("departed", departures.forget)
        registry.on("departed", claims.forget)
        registry.on("departed", trust.forget)
        telling.register_due("community.trust", trust.reckon_due)
        registry.register_export("notices", exports.notices)
        registry.register_export("preferences", exports.preferences)
        registry.register_export("mails", exports.mails)
        pre_migrate.connect(guards.drop, sender=self, dispatch_uid="community.guards.drop")
        post_migrate.connect(guards.install, sender=self, dispatch_uid="community.guards.install")
