"""What an evening left open."""

from django.db import models
from django.db.models import Q


class Point(models.Model):
    """A question without an answer yet, or something somebody should do. Open at the end, it becomes a topic (once)."""

    class Kind(models.TextChoices):
        """Which of the two."""

        QUESTION = "question", "Open question"
        ACTION = "action", "To do"

    meetup = models.ForeignKey("meetups.Meetup", models.CASCADE, related_name="points")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.QUESTION)
    text = models.CharField(max_length=300)
    owner = models.ForeignKey("community.Member", models.SET_NULL, null=True, blank=True, related_name="+")
    noted_by = models.ForeignKey("community.Member", models.PROTECT, related_name="points")
    client_key = models.CharField(max_length=64, help_text="Made by the form: a double click notes once")
    noted_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["noted_by", "client_key"], name="point_client_key_once"),
            models.CheckConstraint(name="point_kind_known", condition=Q(kind__in=["question", "action"])),
            models.CheckConstraint(name="point_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text
