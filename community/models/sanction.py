"""What a member may not do for a while, in one group or on the whole site."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q


class SanctionQuerySet(models.QuerySet["Sanction"]):
    """Which sanctions."""

    def in_force(self, at: datetime) -> Self:
        """Begun, not over, not lifted at `at`."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at, lifted_at=None)

    def covering(self, group: models.Model | None) -> Self:
        """Of the site, or of this group."""
        return self.filter(Q(group=None) | Q(group=group)) if group else self.filter(group=None)


class Sanction(models.Model):
    """The outcome of a moderation decision (known by its number: moderation stands above)."""

    class Kind(models.TextChoices):
        """How far it goes."""

        WARN = "warn", "Warned"
        SILENCE = "silence", "May read, not write"
        SUSPEND = "suspend", "May not take part"

    member = models.ForeignKey("community.Member", models.CASCADE, related_name="sanctions")
    group = models.ForeignKey("community.Group", models.CASCADE, null=True, blank=True, related_name="sanctions")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.TextField()
    decision_number = models.PositiveBigIntegerField(null=True, blank=True)
    imposed_by = models.ForeignKey("community.Member", models.SET_NULL, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="sanction_period", condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [models.Index(fields=["member", "ends_at"], name="sanction_member")]

    def __str__(self) -> str:
        return f"{self.kind} {self.member_id}"
