"""What was said, written up."""

from django.db import models
from django.db.models import Q


class Recap(models.Model):
    """An organiser's account of an evening: a draft first, then one post in the evening's topic.

    The words stand in one place: here while it is a draft, in the post from then on, where what is taken down in the
    room is taken down too.
    """

    meetup = models.OneToOneField("meetups.Meetup", models.CASCADE, related_name="recap")
    body = models.TextField(max_length=20_000, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Rises with each change, so that nobody writes over one")
    written_by = models.ForeignKey("community.Member", models.PROTECT, related_name="recaps")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    post = models.OneToOneField("forum.Post", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recap_words_in_one_place",
                condition=Q(published_at=None, post=None) & ~Q(body="") | Q(body="", published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"recap {self.pk}"
