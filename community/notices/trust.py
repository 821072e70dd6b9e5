"""The member hears that their limits changed, and why."""

from django.urls import reverse

from community.models import Member, TrustChange
from community.policies.trust import NAMES
from notifications.actions.notify import Message, tell


def changed(change: TrustChange) -> None:
    """In their inbox: what they are now, why, and where it says what that means."""
    name = NAMES[Member.Trust(change.after)]
    rose = change.after > change.before
    message = Message(
        kind="community.trust_changed",
        title=f"{name}: you may do more here now" if rose else f"{name}: some limits hold for you again",
        excerpt=change.reason,
        url=reverse("community:trust"),
        dedupe=f"trust:{change.pk}",
        subject="trust",
    )
    tell([change.member_id], message, at=change.at, actor_id=change.actor_id)
