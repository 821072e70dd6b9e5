"""One member who does not want to hear from another."""

from django.db import models
from django.db.models import F, Q


class Block(models.Model):
    """The blocked member is not told; what they write is folded away for the one who blocked."""

    member = models.ForeignKey("community.Member", models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey("community.Member", models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "blocked"], name="block_once"),
            models.CheckConstraint(name="block_not_oneself", condition=~Q(member=F("blocked"))),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} blocks {self.blocked_id}"
