"""Questions to a speaker, who wants them answered, and who would like to speak."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from chat.models.room import Room
from community.models import Member


class QuestionQuerySet(models.QuerySet["Question"]):
    """Which questions."""

    def visible_to(self, member: Member | None) -> Self:
        """Those of the rooms a member may see, neither withdrawn nor hidden."""
        return self.filter(room__in=Room.objects.visible_to(member)).standing()

    def standing(self) -> Self:
        """Neither withdrawn nor hidden."""
        return self.filter(withdrawn_at=None, hidden_at=None)


class Question(models.Model):
    """One question to whoever speaks; those with most votes come first."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="questions")
    author = models.ForeignKey("community.Member", models.PROTECT, related_name="questions")
    body = models.CharField(max_length=500)
    client_key = models.CharField(max_length=64, help_text="Made by the form: a double click asks once")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "client_key"], name="question_client_key_once")]

    def __str__(self) -> str:
        return self.body

    def get_absolute_url(self) -> str:
        """Its place on the page of questions."""
        return f"{reverse('chat:questions', args=[self.room_id])}#q{self.pk}"


class Vote(models.Model):
    """A member would like to hear the answer too."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="votes")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "member"], name="question_vote_once")]

    def __str__(self) -> str:
        return f"{self.member_id} for {self.question_id}"


class Hand(models.Model):
    """Somebody would like to speak; in the order in which hands went up."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="hands")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="+")
    raised_at = models.DateTimeField()
    lowered_at = models.DateTimeField(null=True, blank=True)
    has_spoken = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "member"], condition=Q(lowered_at=None), name="hand_up_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.room_id}"
