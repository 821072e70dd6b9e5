"""Messages that became a topic: which, in what order, and whether their authors agree."""

from django.db import models
from django.db.models import Q

from chat.models.message import Message
from chat.models.room import Room


class Extract(models.Model):
    """A selection of a room's messages, for one place of the forum; the same selection there is one topic.

    The topic begins with the first message that may stand in it. `decided_why` is a moderator's reason for not asking.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="extracts")
    category = models.ForeignKey("forum.Category", models.CASCADE, related_name="+")
    made_by = models.ForeignKey("community.Member", models.PROTECT, related_name="+")
    selection = models.CharField(max_length=64, help_text="A digest of the numbers, so that twice is once")
    title = models.CharField(max_length=160)
    decided_why = models.CharField(max_length=300, blank=True)
    topic = models.OneToOneField("forum.Topic", models.CASCADE, null=True, blank=True, related_name="extract")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "category", "selection"], name="extract_once")]

    def __str__(self) -> str:
        return self.title


class Citation(models.Model):
    """One message in an extract. Only what may stand is in the topic."""

    class State(models.TextChoices):
        """What its author says, or what was decided."""

        STANDS = "stands", "In the topic"
        ASKED = "asked", "Its author was asked"
        REFUSED = "refused", "Its author said no"

    extract = models.ForeignKey(Extract, models.CASCADE, related_name="citations")
    message = models.ForeignKey(Message, models.RESTRICT, related_name="citations")
    state = models.CharField(max_length=7, choices=State)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["extract", "message"], name="citation_once"),
            models.CheckConstraint(
                name="citation_settled",
                condition=Q(state="asked", settled_at=None) | ~Q(state="asked") & Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} in {self.extract_id}"
