"""Words under which topics of all places are found."""

from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from community.text.tags import LONGEST, MOST
from forum.models.topic import Topic


class TagQuerySet(models.QuerySet["Tag"]):
    """Which tags."""

    def visible_to(self, member: models.Model | None) -> Self:
        """Those on a topic the member may see, each with the number of such topics (`shown_count`)."""
        topics = Topic.objects.visible_to(member).counted()
        counted = self.annotate(shown_count=Count("taggings", filter=Q(taggings__topic__in=topics)))
        return counted.filter(shown_count__gt=0)


class Tag(models.Model):
    """A tag; one that was merged into another stays, so that its address leads on."""

    name = models.CharField(max_length=LONGEST, unique=True)
    key = models.CharField(max_length=60, unique=True, help_text="As the eye reads it: look-alikes share it")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tag_not_into_itself", condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("forum:tag", args=[self.name])


class Tagging(models.Model):
    """One tag of a topic; the places 1 to 5 are all there are."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="taggings")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "tag"], name="tagging_once"),
            models.UniqueConstraint(fields=["topic", "position"], name="tagging_position_once"),
            models.CheckConstraint(name="tagging_at_most_five", condition=Q(position__gte=1, position__lte=MOST)),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.tag_id}"
