"""A question with choices, in a post."""

from django.db import models
from django.db.models import Q


class Poll(models.Model):
    """As its author wrote it; from the first ballot on it stays as it is."""

    class Kind(models.TextChoices):
        """How one answers."""

        SINGLE = "single", "Choose one"
        MULTIPLE = "multiple", "Choose any number"
        RANKED = "ranked", "Put them in your order"

    post = models.OneToOneField("forum.Post", models.CASCADE, related_name="poll")
    question = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind)
    closes_at = models.DateTimeField(null=True, blank=True)
    is_secret = models.BooleanField(default=False, help_text="Nobody sees who voted how")
    is_shown_at_end = models.BooleanField(default=False, help_text="Results when it has closed, not before")

    class Meta:
        constraints = [
            models.CheckConstraint(name="poll_kind", condition=Q(kind__in=["single", "multiple", "ranked"])),
        ]

    def __str__(self) -> str:
        return self.question


class Option(models.Model):
    """One choice."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="option_position_once")]

    def __str__(self) -> str:
        return self.text


class Ballot(models.Model):
    """One member's answer. Who has left the site leaves it behind, as nobody's."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    member = models.ForeignKey("community.Member", models.SET_NULL, null=True, related_name="ballots")
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "member"], name="ballot_once")]

    def __str__(self) -> str:
        return f"A ballot in {self.poll_id}"


class Choice(models.Model):
    """An option on a ballot; `rank` counts from 1 and is 1 for all where order does not matter."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="choices")
    option = models.ForeignKey(Option, models.CASCADE, related_name="choices")
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "option"], name="choice_option_once"),
            models.CheckConstraint(name="choice_rank", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.option_id} as {self.rank}"
