"""Where a post went that stood in another topic: old permanent addresses lead on."""

from django.db import models


class Pointer(models.Model):
    """Number `number` of `topic` is `post` now, wherever that has moved since."""

    topic = models.ForeignKey("forum.Topic", models.CASCADE, related_name="pointers")
    number = models.PositiveIntegerField()
    post = models.ForeignKey("forum.Post", models.CASCADE, related_name="pointers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="pointer_number_once")]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.number}"
