"""What this floor holds of a member, as plain rows."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import F, QuerySet

from community.models import Affiliation, Block, Claim, LogEntry, Member, Membership, Sanction, TrustChange
from community.registry import register_export

Rows = Iterator[dict[str, Any]]

PROFILE = (
    *("email", "handle", "display_name", "about", "time_zone", "language", "place_name", "latitude", "longitude"),
    *(
        "is_listed_by_name",
        "is_findable",
        "trust",
        "is_trust_by_hand",
        "attended_at",
        "is_staff",
        "is_moderator",
        "joined_at",
    ),
    "last_seen_on",
)


def profile(member: Member) -> Rows:
    """The account itself, with every address it knows."""
    addresses = EmailAddress.objects.filter(user=member).order_by("pk").values("email", "verified", "primary")
    avatar = member.avatar
    yield {field: getattr(member, field) for field in PROFILE} | {
        "addresses": list(addresses),
        "picture": avatar.filename if avatar else None,
        "has_password": member.has_usable_password(),
    }


def memberships(member: Member) -> Rows:
    """Groups, by periods."""
    rows = Membership.objects.filter(member=member).order_by("starts_on", "pk")
    fields = ("role", "starts_on", "ends_on", "joined_at", "suspended_role", "ended_why")
    yield from _plain(rows, *fields, group_name=F("group__name"), group_address=F("group__slug"))


def affiliations(member: Member) -> Rows:
    """Ties to vendors."""
    rows = Affiliation.objects.filter(member=member).order_by("starts_on", "pk")
    fields = ("kind", "starts_on", "ends_on", "declared_at", "represents_since")
    yield from _plain(rows, *fields, organisation_name=F("organisation__name"))


def blocks(member: Member) -> Rows:
    """Whom the member blocked; who blocked the member is those people's."""
    rows = Block.objects.filter(member=member).order_by("pk")
    yield from _plain(rows, "created_at", handle=F("blocked__handle"))


def sanctions(member: Member) -> Rows:
    """What moderators decided about the member; who decided is left out."""
    rows = Sanction.objects.filter(member=member).order_by("starts_at", "pk")
    yield from _plain(rows, "kind", "reason", "starts_at", "ends_at", "lifted_at", group_name=F("group__name"))


def trust(member: Member) -> Rows:
    """How the member's level changed; who gave one by hand is left out."""
    rows = TrustChange.objects.filter(member=member).order_by("pk")
    yield from _plain(rows, "before", "after", "reason", "at")


def claims(member: Member) -> Rows:
    """Listings the member claimed."""
    rows = Claim.objects.filter(member=member).order_by("pk")
    yield from _plain(rows, "evidence", "state", "answer", "made_at", "settled_at", group_name=F("group__name"))


def acts(member: Member) -> Rows:
    """What the member did in a group's name, as the public log says it."""
    rows = LogEntry.objects.filter(actor=member).order_by("pk")
    yield from _plain(rows, "kind", "text", "at", group_name=F("group__name"))


def sessions(member: Member) -> Rows:
    """Where the member is signed in; without what would let somebody else in."""
    rows = UserSession.objects.filter(user=member).order_by("pk")
    yield from _plain(rows, "created_at", "last_seen_at", "ip", "user_agent")


def sign_in_methods(member: Member) -> Rows:
    """Passkeys, authenticator, recovery codes: that they are there, not the secrets."""
    rows = Authenticator.objects.filter(user=member).order_by("pk")
    yield from _plain(rows, "type", "created_at", "last_used_at")


def _plain(rows: QuerySet[Any], *fields: str, **renamed: Any) -> Rows:
    yield from rows.values(*fields, **renamed).iterator(chunk_size=500)


def register() -> None:
    """Called by the app's `ready()`."""
    people = (profile, memberships, affiliations, blocks, sanctions, trust, claims)
    for exporter in (*people, acts, sessions, sign_in_methods):
        register_export(exporter.__name__.replace("_", "-"), exporter)
