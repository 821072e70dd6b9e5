"""What happened in a waiting list, step by step."""

from django.db import models
from django.db.models import Q


class QueueMove(models.Model):
    """One step, written in the transaction that made it. Those who wait read the steps that touched them, unnamed.

    `queue_number` is the place in the queue that moved; without one, seats as such came or went.
    """

    class Kind(models.TextChoices):
        """What happened."""

        JOINED = "joined", "Joined the queue"
        RESIZED = "resized", "Brings more or fewer"
        GIVEN = "given", "Got a seat"
        OFFERED = "offered", "A seat is held"
        ACCEPTED = "accepted", "Took the seat that was held"
        PASSED = "passed", "Let the seat go on"
        LAPSED = "lapsed", "Did not answer in time"
        TAKEN = "taken", "Took a seat in the last hours"
        LEFT = "left", "Left the queue"
        FREED = "freed", "Seats came free"
        ADDED = "added", "There are more seats"
        REMOVED = "removed", "There are fewer seats"

    meetup = models.ForeignKey("meetups.Meetup", models.CASCADE, related_name="queue_moves")
    member = models.ForeignKey("community.Member", models.SET_NULL, null=True, blank=True, related_name="queue_moves")
    queue_number = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Kind)
    is_online = models.BooleanField(default=False)
    seats = models.PositiveIntegerField(help_text="How many it was about")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meetup", "queue_number", "kind"],
                condition=Q(queue_number__isnull=False) & ~Q(kind="resized"),
                name="queue_move_once",
            ),
            models.CheckConstraint(
                name="queue_move_of_a_place",
                condition=Q(kind__in=["freed", "added", "removed"], queue_number=None)
                | (~Q(kind__in=["freed", "added", "removed"]) & Q(queue_number__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.queue_number or self.seats}"
