"""A member's place in a group, by periods: every change of role ends one row and opens the next."""

from typing import Self

from django.db import models
from django.db.models import Q

from community.models.period import PeriodQuerySet, ends_after_start


class MembershipQuerySet(PeriodQuerySet["Membership"]):
    """Which places."""

    def governing(self) -> Self:
        """Organisers and moderators."""
        return self.filter(role__in=GOVERNING)

    def organising(self) -> Self:
        """Organisers."""
        return self.filter(role=Membership.Role.ORGANISER)


class Membership(models.Model):
    """One period of one role. The live row (no `ends_on`) is today's place; there is at most one.

    Nobody may govern while affiliated with a vendor that sponsors the group in the same days:
    triggers hold that (`sponsors/models/guards.py`), so neither code nor raw SQL can break it.
    """

    class Role(models.TextChoices):
        """What a member does for the group."""

        MEMBER = "member", "Member"
        MODERATOR = "moderator", "Moderator"
        ORGANISER = "organiser", "Organiser"

    group = models.ForeignKey("community.Group", models.CASCADE, related_name="memberships")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    joined_at = models.DateTimeField("first joined")
    suspended_role = models.CharField(max_length=10, choices=Role, blank=True, help_text="Set aside over a conflict")
    ended_why = models.CharField(max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "member"], condition=Q(ends_on=None), name="membership_live_once"),
            ends_after_start("membership_period"),
        ]
        indexes = [
            models.Index(fields=["member"], condition=Q(ends_on=None), name="membership_live_member"),
            models.Index(fields=["group", "role"], condition=Q(ends_on=None), name="membership_live_role"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role} of {self.group_id}"

    @property
    def is_governing(self) -> bool:
        """Organiser or moderator."""
        return self.role in GOVERNING


GOVERNING = (Membership.Role.ORGANISER, Membership.Role.MODERATOR)
"""The roles that run a group."""
