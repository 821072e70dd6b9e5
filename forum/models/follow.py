"""How a member follows a place or a tag, and since when nothing in it is new to them."""

from django.db import models
from django.db.models import Q

from forum.models.reading import Reading


class Follow(models.Model):
    """One row a member a place: a category, a group, a tag, or (with none) all of the forum. No level: as usual."""

    member = models.ForeignKey("community.Member", models.CASCADE, related_name="follows")
    category = models.ForeignKey("forum.Category", models.CASCADE, null=True, blank=True, related_name="follows")
    group = models.ForeignKey("community.Group", models.CASCADE, null=True, blank=True, related_name="forum_follows")
    tag = models.ForeignKey("forum.Tag", models.CASCADE, null=True, blank=True, related_name="follows")
    level = models.CharField(max_length=8, choices=Reading.Level, blank=True)
    all_read_at = models.DateTimeField(null=True, blank=True, help_text="Topics begun before are not new; only rises")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="follow_of_one_place",
                condition=Q(category=None, group=None) | Q(category=None, tag=None) | Q(group=None, tag=None),
            ),
            models.CheckConstraint(
                name="follow_level", condition=Q(level__in=["", "muted", "normal", "tracking", "watching"])
            ),
            models.UniqueConstraint(
                fields=["member", "category"], condition=Q(category__isnull=False), name="follow_category_once"
            ),
            models.UniqueConstraint(
                fields=["member", "group"], condition=Q(group__isnull=False), name="follow_group_once"
            ),
            models.UniqueConstraint(fields=["member", "tag"], condition=Q(tag__isnull=False), name="follow_tag_once"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(category=None, group=None, tag=None), name="follow_everything_once"
            ),
        ]
        indexes = [
            models.Index(fields=["category", "level"], name="follow_category_level"),
            models.Index(fields=["group", "level"], name="follow_group_level"),
            models.Index(fields=["tag", "level"], name="follow_tag_level"),
        ]

    def __str__(self) -> str:
        kinds = {"category": self.category_id, "group": self.group_id, "tag": self.tag_id}
        place = next((f"{kind} {pk}" for kind, pk in kinds.items() if pk), "everything")
        return f"{self.member_id} in {place}: {self.level or 'as usual'}"
