"""Whether a slot was for those who were there."""

from django.db import models


class SlotAnswer(models.Model):
    """One tap of one member, who may change it. Organisers see numbers, and only from three members on."""

    item = models.ForeignKey("meetups.AgendaItem", models.CASCADE, related_name="answers")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="slot_answers")
    is_for_me = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="slot_answer_once")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.item_id}"
