"""A place for topics: of the site, or of one group."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from community.models import Membership

LONGEST_TEMPLATE = 4000


class Colour(models.TextChoices):
    """For its dot; each stands out by 3 to 1 from every ground, light and dark (`tests/config/test_look.py`)."""

    EMBER = "#B8420F", "Ember"
    COPPER = "#A8623A", "Copper"
    HONEY = "#A87100", "Honey"
    OLIVE = "#7A8230", "Olive"
    MOSS = "#3F8A4E", "Moss"
    SEA = "#2A8290", "Sea"
    SKY = "#3E78BC", "Sky"
    SLATE = "#64788F", "Slate"
    STONE = "#857A6D", "Stone"
    BERRY = "#C23B4A", "Berry"
    ROSE = "#BC4A80", "Rose"


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
        """Where the member may begin a topic, sanctions aside: open places of the site, and of their own groups."""
        if member is None or not member.pk:
            return self.none()
        rows = self.visible_to(member).filter(retired_at=None)
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

        def is_wider_than(self, other: "Category.Audience") -> bool:
            """Do more people read it?"""
            order = list(type(self))
            return order.index(self) < order.index(other)

    group = models.ForeignKey("community.Group", models.CASCADE, null=True, blank=True, related_name="categories")
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=100, unique=True)
    about = models.CharField(max_length=300, blank=True)
    colour = models.CharField(max_length=7, choices=Colour, default=Colour.EMBER)
    position = models.PositiveSmallIntegerField(default=0)
    visible_to_whom = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    template = models.TextField(max_length=LONGEST_TEMPLATE, blank=True, help_text="What a new topic begins with")
    retired_at = models.DateTimeField(null=True, blank=True, help_text="Nothing new begins there since then")
    topic_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    last_posted_at = models.DateTimeField(null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="category_site_is_open", condition=Q(group__isnull=False) | Q(visible_to_whom="everyone")
            ),
            models.CheckConstraint(
                name="category_colour_of_palette",
                condition=Q(colour__in=Colour.values),
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
