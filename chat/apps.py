"""What chat tells the floors below when the site starts."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Talk while a meetup runs."""

    name = "chat"

    def ready(self) -> None:
        """Every group gets its own room; who leaves a group leaves its rooms."""
        from chat.actions import members, rooms
        from community import registry

        registry.on("founded", rooms.founded)
        registry.on("left", members.left)
        registry.on("departed", members.departed)
