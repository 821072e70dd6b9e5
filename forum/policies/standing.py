"""Who asks, as they stand in one place now: two queries, then every question about a page of posts is free."""

from dataclasses import dataclass
from datetime import datetime

from community.models import GOVERNING, Group, Member, Membership
from community.policies.sanctions import may_write
from community.verdicts import Verdict, no


@dataclass(frozen=True, slots=True)
class Standing:
    """A member (None: a visitor) in a group (None: the site); `write` is the answer to "may they write here at all"."""

    member: Member | None
    role: str
    write: Verdict

    @property
    def member_id(self) -> int | None:
        """The member's id, if someone is signed in."""
        return self.member.pk if self.member else None

    @property
    def governs(self) -> bool:
        """Organiser or moderator of the group, or moderator of the site."""
        return bool(self.member and self.member.is_moderator) or self.role in GOVERNING


def standing_of(member: Member | None, group: Group | None, at: datetime) -> Standing:
    """Role and right to write; members write in their own groups and in the places of the site."""
    write = may_write(member, group, at)
    if member is None or not member.pk:
        return Standing(None, "", write)
    role = ""
    if group is not None:
        live = Membership.objects.live().filter(group=group, member=member)
        role = live.values_list("role", flat=True).first() or ""
    return _standing(member, group, role, write)


def standing_as(member: Member | None, group: Group | None, at: datetime, *, role: str, is_judged: bool) -> Standing:
    """The same where the role is known and, as a rule, that there never was a sanction: then no query."""
    write = may_write(member, group, at, is_judged=is_judged)
    return Standing(None, "", write) if member is None or not member.pk else _standing(member, group, role, write)


def _standing(member: Member, group: Group | None, role: str, write: Verdict) -> Standing:
    if group is not None and write and not role and not member.is_moderator:
        write = no(f"Join {group.name} to write in its forum.")
    return Standing(member, role, write)
