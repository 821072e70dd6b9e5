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
        from forum.actions import categories, claiming, drafts, history, pictures, polls, reactions, reading
        from forum.models import fulltext, guards
        from forum.queries import deeds
        from live import registry as live
        from moderation import registry as moderation
        from notifications import registry as notifications

        community.on("founded", categories.found)
        community.on("departed", reading.forget)
        for part in (pictures, polls, reactions):
            community.on("departed", part.forget)
        notifications.register_due("forum.pictures", pictures.purge)
        notifications.register_due("forum.claims", claiming.claim)
        community.register_deeds(deeds.told)
        community.on("departed", history.forget_reasons)
        community.on("departed", drafts.forget)
        community.register_export("forum-topics", exports.topics)
        community.register_export("forum-posts", exports.posts)
        community.register_export("forum-imported", exports.imported)
        community.register_export("forum-reactions", exports.reactions)
        community.register_export("forum-votes", exports.votes)
        community.register_export("forum-pictures", exports.pictures)
        community.register_export("forum-acts", exports.acts)
        community.register_export("forum-readings", exports.readings)
        community.register_export("forum-changes", exports.revisions)
        community.register_export("forum-whispers", exports.whispers)
        community.register_export("forum-drafts", exports.drafts)
        notifications.register_due("forum.drafts", drafts.purge)
        community.register_export("forum-follows", exports.follows)
        for kind in notices.KINDS:
            notifications.register_kind(kind)
        for kind_of_thing in moderated.KINDS:
            moderation.register(kind_of_thing)
        live.register(streams.TOPIC)
        live.register(streams.WHISPERS)
        pre_migrate.connect(fulltext.before_migrate, sender=self)
        post_migrate.connect(fulltext.after_migrate, sender=self)
        pre_migrate.connect(guards.drop, sender=self)
        post_migrate.connect(guards.install, sender=self)
