"""Two organisers say, on the record, that a slot is no product time although its speaker has a tie to a sponsor."""

from django.db import models
from django.db.models import Q


class SlotConfirmation(models.Model):
    """One organiser's word. It is about this speaker, this sponsor and these words: another speaker asks anew."""

    item = models.ForeignKey("meetups.AgendaItem", models.CASCADE, related_name="confirmations")
    speaker = models.ForeignKey("community.Member", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("community.Organisation", models.PROTECT, related_name="+")
    organiser = models.ForeignKey("community.Member", models.PROTECT, related_name="slot_confirmations")
    title = models.CharField(max_length=160, help_text="What the slot was called when it was read")
    reason = models.CharField(max_length=300)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "speaker", "organisation", "title", "organiser"], name="slot_confirmed_once_each"
            ),
            models.CheckConstraint(name="slot_confirmed_with_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="slot_confirmed_by_another", condition=~Q(organiser=models.F("speaker"))),
        ]

    def __str__(self) -> str:
        return f"{self.organiser_id} on {self.item_id}"
