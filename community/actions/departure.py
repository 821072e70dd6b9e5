"""Leaving for good: the person goes, the threads keep their shape."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q

from community import registry
from community.actions import affiliations, memberships, profile
from community.models import Affiliation, Block, Claim, Member, Membership
from community.notices import accounts as letters
from community.text import handles
from live.changes import EVERYTHING, changed
from live.publish import close_sockets


def depart(*, member: Member, at: datetime) -> None:
    """Delete the account: every floor does its part, then the row is emptied and stays; what was posted stays unsigned.

    The last organiser may leave too: the group is told and asked for another. A farewell goes to the old address.
    """
    with transaction.atomic():
        for place in Membership.objects.live().filter(member=member).select_related("group").order_by("group_id"):
            memberships.leave(member=member, group=place.group, at=at)
        going = Member.objects.select_for_update().get(pk=member.pk)
        if going.departed_at is not None:
            return
        registry.announce("departed", member=going, at=at)
        letters.post("departed", to=going.email, member_id=None, facts={}, at=at)
        for tie in Affiliation.objects.live().filter(member=going):
            affiliations.end(member=going, affiliation=tie, at=at)
        Block.objects.filter(Q(member=going) | Q(blocked=going)).delete()
        Claim.objects.filter(member=going, state=Claim.State.WAITING).delete()
        _end_sign_ins(going)
        profile.remove_avatar(going)
        _empty(going, at)
        close_sockets(going.pk, "departed")
        changed(EVERYTHING)


def _end_sign_ins(member: Member) -> None:
    for session in UserSession.objects.filter(user=member):
        session.end()
    EmailAddress.objects.filter(user=member).delete()
    Authenticator.objects.filter(user=member).delete()


def _empty(member: Member, at: datetime) -> None:
    """The handle and the address that are left lead to nobody; without a password, old sessions are void."""
    member.email = f"former-{member.pk}@departed.invalid"
    member.handle = f"former-{member.pk}"
    member.handle_key = handles.key(member.handle)
    member.display_name = member.about = member.place_name = ""
    member.latitude = member.longitude = member.last_seen_on = member.attended_at = None
    member.is_active = member.is_staff = member.is_superuser = member.is_moderator = False
    member.is_findable = member.is_listed_by_name = member.is_trust_by_hand = False
    member.trust, member.trust_reckoned_on = Member.Trust.NEW, None
    member.departed_at = at
    member.set_unusable_password()
    member.save()
    member.groups.clear()
    member.user_permissions.clear()
