"""How far a member has read."""

from django.db import models


class Reading(models.Model):
    """One row a member a topic; `last_number` only ever rises."""

    class Level(models.TextChoices):
        """How closely a member follows a topic."""

        MUTED = "muted", "Muted"
        NORMAL = "normal", "Normal"
        TRACKING = "tracking", "Tracking"
        WATCHING = "watching", "Watching"

    member = models.ForeignKey("community.Member", models.CASCADE, related_name="readings", db_index=False)
    topic = models.ForeignKey("forum.Topic", models.CASCADE, related_name="readings", db_index=False)
    last_number = models.PositiveIntegerField(default=0)
    level = models.CharField(max_length=8, choices=Level, default=Level.NORMAL)
    level_reason = models.CharField(max_length=40, blank=True, help_text="chosen, opened, replied, read")
    seconds = models.PositiveSmallIntegerField(default=0, help_text="Read with the page in sight, 300 at most")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="reading_once"),
            models.CheckConstraint(name="reading_seconds_bounded", condition=models.Q(seconds__lte=300)),
        ]
        indexes = [models.Index(fields=["topic", "level"], name="reading_watchers")]

    def __str__(self) -> str:
        return f"{self.member_id} read {self.topic_id} to {self.last_number}"
