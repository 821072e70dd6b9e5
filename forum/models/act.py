"""A small thing that was done to a topic: said in one line between its posts."""

from django.db import models


class Act(models.Model):
    """Closed, pinned, moved, split… `actor` is None where the site did it by itself; `other` is the other topic."""

    class Kind(models.TextChoices):
        """What was done, as the line says it after the name of whoever did it."""

        CLOSED = "closed", "closed this"
        REOPENED = "reopened", "opened this again"
        ARCHIVED = "archived", "put this into the archive"
        UNARCHIVED = "unarchived", "took this out of the archive"
        PINNED = "pinned", "pinned this"
        UNPINNED = "unpinned", "unpinned this"
        PINNED_EVERYWHERE = "pinned-everywhere", "pinned this for the whole site"
        UNPINNED_EVERYWHERE = "unpinned-everywhere", "no longer pins this for the whole site"
        SLOWED = "slowed", "slowed this down"
        MOVED = "moved", "moved this here"
        GAVE = "gave", "moved posts from here to"
        TOOK = "took", "began this with posts from"
        JOINED = "joined", "joined this with"
        FULL = "full", "This topic is full; it goes on in"
        GOES_ON = "goes-on", "This goes on from"

    topic = models.ForeignKey("forum.Topic", models.CASCADE, related_name="acts")
    after_number = models.PositiveIntegerField(help_text="The line stands after this post")
    kind = models.CharField(max_length=20, choices=Kind)
    actor = models.ForeignKey("community.Member", models.PROTECT, null=True, related_name="+")
    other = models.ForeignKey("forum.Topic", models.SET_NULL, null=True, related_name="+")
    words = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["topic", "after_number"], name="act_between_posts")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.kind}"
