"""What notifications tells the floors below when the site starts."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Telling people: inbox, mail out, mail in."""

    name = "notifications"

    def ready(self) -> None:
        """Offer the inbox as a stream, and name the work that has its time."""
        from live import registry as live
        from notifications import registry
        from notifications.actions import deliver, letters
        from notifications.streams import INBOX

        live.register(INBOX)
        registry.register_due("notices-become-mails", letters.write)
        registry.register_due("mails-leave", deliver.send)
