"""How notices about groups read in settings and in mail."""

from notifications.models.preference import Channel
from notifications.registry import Kind, register_kind

KINDS = (
    Kind("community.joined", "Someone joins a group you organise", default=Channel.INBOX),
    Kind("community.role_changed", "Your role in a group changes"),
    Kind("community.organiser_wanted", "A group of yours needs an organiser"),
    Kind("community.volunteered", "Someone offers to help organise"),
    Kind("community.sanctioned", "You may not write for a while, or may again", must_send=True),
    Kind("community.trust_changed", "What you may do here changes", default=Channel.INBOX),
    Kind("community.claimed", "Someone claims a listed group (for those who moderate the site)"),
    Kind("community.claim_settled", "Your claim of a listed group is settled"),
)


def register() -> None:
    """Called by the app's `ready()`."""
    for kind in KINDS:
        register_kind(kind)
