"""What forum tells the floors below when the site starts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ForumConfig(AppConfig):
    """The talk between two meetups."""

    name = "forum"

    def ready(self) -> None:
        """Fill the registries of the floors below."""
        from community import registry as community
        from forum import exports, moderated, notices, streams
        from forum.actions import bookmarks, categories, claiming, drafts, history, pictures, polls, reactions, reading
        from forum.models import fulltext, guards
        from forum.queries import deeds
        from live import registry as live
        from moderation import registry as moderation
        from notifications import registry as notifications

        community.on("founded", categories.found)
        community.on("joined", categories.regrouped)
        community.on("left", categories.regrouped)
        community.on("role_changed", categories.regrouped)
        for noun in (reading, pictures, polls, reactions, drafts, bookmarks):
            community.on("departed", noun.forget)
        community.on("departed", history.forget_reasons)
        community.register_deeds(deeds.told)
        for name, export in exports.ALL.items():
            community.register_export(f"forum-{name}", export)
        notifications.register_due("forum.pictures", pictures.purge)
        notifications.register_due("forum.claims", claiming.claim)
        notifications.register_due("forum.drafts", drafts.purge)
        notifications.register_due("forum.reminders", bookmarks.remind)
        for kind in notices.KINDS:
            notifications.register_kind(kind)
        for kind_of_thing in moderated.KINDS:
            moderation.register(kind_of_thing)
        live.register(streams.TOPIC)
        live.register(streams.COMPOSING)
        live.register(streams.WHISPERS)
        live.register(streams.TALK)
        pre_migrate.connect(fulltext.before_migrate, sender=self)
        post_migrate.connect(fulltext.after_migrate, sender=self)
        pre_migrate.connect(guards.drop, sender=self)
        post_migrate.connect(guards.install, sender=self)
