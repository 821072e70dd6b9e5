"""What organisers ask of those who come, and what they answer."""

from django.db import models
from django.db.models import Q


class RsvpQuestion(models.Model):
    """A short question of one evening. `choices` holds one a line."""

    class Kind(models.TextChoices):
        """How it is answered."""

        TEXT = "text", "In a few words"
        CHOICE = "choice", "One of several"

    meetup = models.ForeignKey("meetups.Meetup", models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=160)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.TEXT)
    choices = models.TextField(max_length=1000, blank=True)
    is_required = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rsvp_question_choices", condition=Q(kind="text", choices="") | Q(kind="choice") & ~Q(choices="")
            ),
        ]
        indexes = [models.Index(fields=["meetup", "position"], name="rsvp_questions_of")]

    def __str__(self) -> str:
        return self.text

    @property
    def offered(self) -> list[str]:
        """What there is to choose from."""
        return self.choices.splitlines()


class RsvpReply(models.Model):
    """What one member answered. Only organisers and the member read it."""

    question = models.ForeignKey(RsvpQuestion, models.CASCADE, related_name="replies")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="rsvp_replies")
    text = models.CharField(max_length=500)
    replied_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "member"], name="rsvp_reply_once"),
            models.CheckConstraint(name="rsvp_reply_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.question_id}"
