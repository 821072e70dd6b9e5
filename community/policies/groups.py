"""May this member do that in this group?"""

from datetime import datetime

from community.models import GOVERNING, Group, Member, Membership, Sanction
from community.verdicts import YES, Verdict, no

Audience = Group.Audience
Role = Membership.Role


def role_of(member: Member | None, group: Group) -> str:
    """Today's role of a member in a group: "organiser", "moderator", "member", or "" for none. One query."""
    if member is None or not member.pk:
        return ""
    place = Membership.objects.live().filter(member=member, group=group)
    return place.values_list("role", flat=True).first() or ""


def may_join(member: Member | None, group: Group, at: datetime, *, is_free: bool | None = None) -> Verdict:
    """Anyone present, unless suspended here; not a listing from elsewhere, which has no members yet.

    `is_free` saves the query where the caller knows that they are not suspended.
    """
    if member is None or not member.pk:
        return no("Sign in to join.")
    if not member.is_active or member.departed_at:
        return no("This account is closed.")
    if group.state == Group.State.LISTED:
        return no(f"{group.name} meets elsewhere; its own page says how to join.")
    if group.state == Group.State.ARCHIVED:
        return no(f"{group.name} has closed.")
    if is_free:
        return YES
    stops = Sanction.objects.in_force(at).covering(group).filter(member=member, kind=Sanction.Kind.SUSPEND)
    stop = stops.order_by("-ends_at").first()
    return no(f"You may not take part for now: {stop.reason}") if stop else YES


def may_manage(member: Member | None, group: Group, role: str | None = None) -> Verdict:
    """Organisers. `role` saves the query where the caller knows it."""
    if member is not None and member.pk and member.is_superuser:
        return YES
    if (role_of(member, group) if role is None else role) == Role.ORGANISER:
        return YES
    return no("Only the organisers of this group can do that.")


def may_moderate(member: Member | None, group: Group, role: str | None = None) -> Verdict:
    """Organisers, the group's moderators, and those who moderate the site."""
    if moderates_site(member) or (role_of(member, group) if role is None else role) in GOVERNING:
        return YES
    return no("Only those who look after this group can do that.")


def may_appoint(member: Member | None, group: Group, role: str | None = None) -> Verdict:
    """Organisers; those who moderate the site may too, so that a group without organisers can get one."""
    if moderates_site(member) or (role_of(member, group) if role is None else role) == Role.ORGANISER:
        return YES
    return no("Only the organisers of this group give out roles.")


def may_see_people(member: Member | None, group: Group, role: str | None = None) -> Verdict:
    """Who may read the list of members; the names of those who govern are open to all."""
    audience = group.attendees_visible_to
    if audience == Audience.EVERYONE or moderates_site(member):
        return YES
    mine = role_of(member, group) if role is None else role
    if mine in GOVERNING or (mine and audience != Audience.ORGANISERS):
        return YES
    if audience == Audience.ORGANISERS:
        return no("Only the organisers see who is in this group.")
    return no("Members of this group see who else is in it.")


def may_claim(member: Member | None, group: Group) -> Verdict:
    """Anyone present may say that a listing is theirs to organise."""
    if member is None or not member.pk or not member.is_active:
        return no("Sign in to claim this group.")
    if group.state != Group.State.LISTED:
        return no(f"{group.name} lives here already. Ask its organisers, or offer to help.")
    return YES


def moderates_site(member: Member | None) -> bool:
    """Those who moderate the whole site, and its operators."""
    return bool(member is not None and member.pk and (member.is_moderator or member.is_superuser))


def may_settle(member: Member | None) -> Verdict:
    """Claims are settled by those who moderate the site."""
    return YES if moderates_site(member) else no("Only those who moderate the site settle claims.")
