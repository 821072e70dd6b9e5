"""Someone says: this listed group is mine to organise."""

from django.db import models
from django.db.models import Q


class Claim(models.Model):
    """Waits for site staff, who compare `evidence` with the listing's own page."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    group = models.ForeignKey("community.Group", models.CASCADE, related_name="claims")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="claims")
    evidence = models.TextField("how we can tell", max_length=1000)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    answer = models.CharField("why not", max_length=500, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("community.Member", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member"], condition=Q(state="waiting"), name="claim_waiting_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} claims {self.group_id}"
