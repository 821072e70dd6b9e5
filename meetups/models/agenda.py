"""What an evening is about."""

from django.db import models


class AgendaItem(models.Model):
    """A slot. Product time wears its label and is counted against the group's cap."""

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
    speaker = models.ForeignKey("community.Member", models.SET_NULL, null=True, blank=True, related_name="agenda_items")
    speaker_name = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey("community.Organisation", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="agenda_minutes", condition=models.Q(minutes__gte=1, minutes__lte=600)),
        ]
        indexes = [models.Index(fields=["meetup", "position"], name="agenda_order")]

    def __str__(self) -> str:
        return self.title
