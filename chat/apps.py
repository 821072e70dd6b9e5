"""What chat tells the floors below when the site starts."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Talk while a meetup runs."""

    name = "chat"

    def ready(self) -> None:
        """Fill the registries of the floors below."""
        from chat import exports, moderated, notices, streams
        from chat.actions import members, rooms
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
        for kind in (notices.MENTIONED, notices.ANSWERED, notices.SILENCED):
            notifications.register_kind(kind)
        moderation.register(moderated.MESSAGE)
        live.register(streams.ROOM)
