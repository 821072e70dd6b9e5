"""How notices about moderation read in settings and in mail."""

from notifications.registry import Kind, register_kind

KINDS = (
    Kind("moderation.reported", "Something in your care was reported"),
    Kind("moderation.settled", "What became of a report of yours"),
    Kind(
        "moderation.decided",
        "A decision about something you wrote",
        mail_template="moderation/email/decision",
        must_send=True,
    ),
    Kind("moderation.reversed", "A decision about something you wrote is taken back", must_send=True),
)


def register() -> None:
    """Called by the app's `ready()`."""
    for kind in KINDS:
        register_kind(kind)
