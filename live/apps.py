"""What live tells the floors below when the site starts."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class LiveConfig(AppConfig):
    """The one socket and the hub that fans events out."""

    name = "live"

    def ready(self) -> None:
        """What a commit says is said together."""
        from live.together import at_each_commit

        connection_created.connect(at_each_commit, dispatch_uid="live")
