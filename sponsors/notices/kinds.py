"""How notices about sponsors read in settings and in mail."""

from notifications.registry import Kind, register_kind

KINDS = (
    Kind("sponsors.proposed", "A vendor offers to sponsor a group you organise"),
    Kind("sponsors.settled", "Your offer to a group is accepted or declined"),
    Kind("sponsors.ended", "A sponsorship of your group or your organisation ends early"),
    Kind("sponsors.event_waiting", "A vendor's event waits for a group you organise"),
    Kind("sponsors.event_settled", "Your event is published or declined"),
    Kind("sponsors.represents", "You may, or may no longer, write for an organisation"),
)


def register() -> None:
    """Called by the app's `ready()`."""
    for kind in KINDS:
        register_kind(kind)
