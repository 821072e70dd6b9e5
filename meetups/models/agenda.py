"""What an evening is about."""

from django.db import models
from django.db.models import Q


class AgendaItem(models.Model):
    """A slot. Product time wears its label and is counted against the group's cap.

    `organisation` is whose product it is, or who pays for an expert. Whether a slot counts as product time is judged
    from its facts (`meetups.queries.product_time`): a speaker's ties may come and go without a change of the row.
    """

    class Kind(models.TextChoices):
        """Whose slot it is."""

        PEER = "peer", "By a member"
        EXPERT = "expert", "By an invited expert"
        PRODUCT = "product", "Product time"
        BREAK = "break", "Break"

    meetup = models.ForeignKey("meetups.Meetup", models.CASCADE, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PEER)
    subject = models.ForeignKey("meetups.Subject", models.PROTECT, null=True, blank=True, related_name="agenda_items")
    proposal = models.ForeignKey("meetups.Proposal", models.SET_NULL, null=True, blank=True, related_name="slots")
    speaker = models.ForeignKey("community.Member", models.SET_NULL, null=True, blank=True, related_name="agenda_items")
    speaker_name = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey("community.Organisation", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="agenda_minutes", condition=Q(minutes__gte=1, minutes__lte=600)),
            models.UniqueConstraint(fields=["meetup", "proposal"], name="agenda_proposal_once"),
            models.CheckConstraint(name="agenda_one_speaker", condition=Q(speaker=None) | Q(speaker_name="")),
            models.CheckConstraint(
                name="agenda_vendor_of_product_or_expert",
                condition=Q(kind__in=["product", "expert"]) | Q(organisation=None),
            ),
        ]
        indexes = [models.Index(fields=["meetup", "position"], name="agenda_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_free(self) -> bool:
        """Somebody may take it to speak."""
        return self.kind == self.Kind.PEER and self.speaker_id is None and not self.speaker_name
