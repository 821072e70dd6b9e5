"""What chat tells the floors below when the site starts."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Talk while a meetup runs."""

    name = "chat"

    def ready(self) -> None:
        """Fill the registries of the floors below."""
        from chat import exports, moderated, notices, streams
        from chat.actions import members, pictures, retention, rooms
        from community import registry as community
        from live import registry as live
        from moderation import registry as moderation
        from notifications import registry as notifications

        community.on("founded", rooms.founded)
        community.on("left", members.left)
        community.on("departed", members.departed)
        community.register_export("chat-messages", exports.messages)
        community.register_export("chat-seats", exports.seats)
        community.register_export("chat-reactions", exports.reactions)
        community.register_export("chat-stars", exports.stars)
        community.register_export("chat-questions", exports.questions)
        community.register_export("chat-votes", exports.votes)
        community.register_export("chat-hands", exports.hands)
        community.register_export("chat-citations", exports.citations)
        community.register_export("chat-pictures", exports.pictures)
        notifications.register_due("chat-pictures", pictures.purge)
        notifications.register_due("chat-retention", retention.forget)
        for kind in (notices.MENTIONED, notices.ANSWERED, notices.SILENCED, notices.ASKED, notices.DECIDED):
            notifications.register_kind(kind)
        moderation.register(moderated.MESSAGE)
        moderation.register(moderated.QUESTION)
        live.register(streams.ROOM)
