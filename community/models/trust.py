"""How a member's trust changed, and why."""

from django.db import models
from django.db.models import F, Q


class TrustChange(models.Model):
    """One change of level; `actor` where it was given by hand."""

    member = models.ForeignKey("community.Member", models.CASCADE, related_name="trust_changes")
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    actor = models.ForeignKey("community.Member", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="trust_change_changes", condition=~Q(before=F("after"))),
            models.CheckConstraint(name="trust_change_levels", condition=Q(before__lte=4, after__lte=4)),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="trust_of_member")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.before} → {self.after}"
