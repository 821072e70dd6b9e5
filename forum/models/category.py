"""A place for topics: of the site, or of one group."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from community.models import Membership


class CategoryQuerySet(models.QuerySet["Category"]):
    """Which categories."""

    def visible_to(self, member: models.Model | None) -> Self:
        """Open ones; those of the member's groups; organisers' ones for organisers (site moderators see all)."""
        open_to_all = Q(visible_to_whom=Category.Audience.EVERYONE)
        if member is None or not member.pk:
            return self.filter(open_to_all)
        if getattr(member, "is_moderator", False):
            return self
        mine = Membership.objects.live().filter(member=member.pk)
        return self.filter(
            open_to_all
            | Q(visible_to_whom=Category.Audience.MEMBERS, group__in=mine.values("group"))
            | Q(visible_to_whom=Category.Audience.ORGANISERS, group__in=mine.organising().values("group")),
        )

    def open_to(self, member: models.Model | None) -> Self:
        """Where the member may begin a topic, sanctions aside: places of the site, and of their own groups."""
        if member is None or not member.pk:
            return self.none()
        rows = self.visible_to(member)
        if getattr(member, "is_moderator", False):
            return rows
        mine = Membership.objects.live().filter(member=member.pk)
        return rows.filter(Q(group=None) | Q(group__in=mine.values("group")))


class Category(models.Model):
    """Where topics stand, and who may read them."""

    class Audience(models.TextChoices):
        """Who reads it."""

        EVERYONE = "everyone", "Everyone"
        MEMBERS = "members", "Members of the group"
        ORGANISERS = "organisers", "Organisers of the group"

    group = models.ForeignKey("community.Group", models.CASCADE, null=True, blank=True, related_name="categories")
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=100, unique=True)
    about = models.CharField(max_length=300, blank=True)
    colour = models.CharField(max_length=7, default="#B23A0A")
    position = models.PositiveSmallIntegerField(default=0)
    visible_to_whom = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    topic_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    last_posted_at = models.DateTimeField(null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="category_site_is_open", condition=Q(group__isnull=False) | Q(visible_to_whom="everyone")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """With its group, where the name alone would say little: "Leeds: Talk"."""
        return f"{self.group.name}: {self.name}" if self.group else self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("forum:category", args=[self.slug])
