"""Words for lists of people."""

from collections.abc import Mapping
from typing import Any

from django import template

from community.models import Membership

register = template.Library()


@register.filter
def of(labels: Mapping[int, Any], member_id: int) -> Any:
    """What must stand beside this member's name, from the labels of the page."""
    return labels.get(member_id)


@register.filter
def since(place: Membership) -> str:
    """How long someone has been in the group; a role set aside is said."""
    words = f"since {place.joined_at:%B %Y}"
    aside = f"{Membership.Role(place.suspended_role).label} role set aside, " if place.suspended_role else ""
    return f"{aside}{words}"
