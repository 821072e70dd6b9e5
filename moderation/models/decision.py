"""What a moderator decided, and why: a decision without a statement of reasons cannot be stored."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from community.models import GOVERNING, Member, Membership


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Which decisions."""

    def in_force(self) -> Self:
        """Not undone."""
        return self.filter(reversed_at=None)

    def about(self, kind: str, number: int) -> Self:
        """About this thing."""
        return self.filter(target_kind=kind, target_id=number)

    def visible_to(self, member: Member) -> Self:
        """The author reads what was decided about them; so do those who look after the group, and the site."""
        if member.is_moderator or member.is_superuser:
            return self
        mine = Membership.objects.live().filter(group=OuterRef("group"), role__in=GOVERNING, member=member)
        return self.filter(Q(author=member) | Exists(mine))


class Decision(models.Model):
    """One decision on one thing. `reversed_at` undoes it; nothing of it is ever deleted."""

    class Kind(models.TextChoices):
        """What was done to the thing."""

        NONE = "none", "Leave it"
        WARN = "warn", "Leave it, warn the author"
        HIDE = "hide", "Hide it"

    target_kind = models.CharField(max_length=40)
    target_id = models.PositiveBigIntegerField()
    group = models.ForeignKey("community.Group", models.PROTECT, null=True, blank=True, related_name="decisions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="decisions_about")
    kind = models.CharField(max_length=8, choices=Kind)
    sanction = models.CharField(max_length=8, blank=True, help_text="A kind of community.Sanction, or nothing")
    sanction_until = models.DateTimeField(null=True, blank=True)
    rule = models.ForeignKey("moderation.Rule", models.PROTECT, related_name="decisions")
    reason = models.TextField("why", max_length=2000)
    facts = models.TextField("what it said", blank=True)
    is_automated = models.BooleanField(default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="decisions_made")
    decided_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True, blank=True)
    reversed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reversed_why = models.TextField(blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="decision_with_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["target_kind", "target_id"], name="decision_target")]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_kind} {self.target_id}"
