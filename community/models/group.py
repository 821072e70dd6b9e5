"""A local user group."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

RESERVED_SLUGS = frozenset(
    {
        "near",
        "new",
        "manage",
        "start",
        "import",
        "calendar",
        "search",
        "latest",
        "c",
        "t",
        "p",
        "feed",
        "all",
        "claim",
        "claims",
    },
)
"""Words that addresses need: no group, category or organisation may take them."""


class GroupQuerySet(models.QuerySet["Group"]):
    """Which groups."""

    def visible_to(self, member: models.Model | None) -> Self:
        """Every group that is not archived is public; archived ones stay readable to all by their address."""
        return self.exclude(state=Group.State.ARCHIVED)

    def alive(self) -> Self:
        """Groups that live here (not listings from elsewhere)."""
        return self.filter(state__in=[Group.State.ACTIVE, Group.State.DORMANT])

    def listed_elsewhere(self) -> Self:
        """Listings that link away until someone claims them."""
        return self.filter(state=Group.State.LISTED)


class Group(models.Model):
    """Peers of one town. There is no owner: people hold roles for a time (`Membership`)."""

    class State(models.TextChoices):
        """How alive it is here."""

        ACTIVE = "active"
        DORMANT = "dormant"
        LISTED = "listed", "Listed elsewhere"
        ARCHIVED = "archived"

    class Audience(models.TextChoices):
        """Who sees who is coming."""

        EVERYONE = "everyone", "Everyone"
        MEMBERS = "members", "Members of the group"
        ATTENDEES = "attendees", "People who are going"
        ORGANISERS = "organisers", "Organisers only"

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    about = models.TextField(max_length=4000, blank=True)
    about_html = models.TextField(blank=True)
    topic = models.CharField("shared problem", max_length=120, blank=True)
    place_name = models.CharField("town", max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    country_code = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_online = models.BooleanField("meets online", default=False)
    time_zone = models.CharField(max_length=64, default="Europe/London")
    language = models.CharField(max_length=12, default="en-gb")
    picture = models.ForeignKey("assets.Picture", models.SET_NULL, null=True, blank=True, related_name="+")

    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    website = models.URLField("its page elsewhere", max_length=500, blank=True)
    source = models.CharField(max_length=60, blank=True, help_text="Where a listing came from")
    source_key = models.CharField(max_length=200, blank=True)
    attendees_visible_to = models.CharField(max_length=10, choices=Audience, default=Audience.MEMBERS)

    member_count = models.PositiveIntegerField(default=0)
    tabs = models.JSONField(default=list, blank=True, help_text="Tabs lit by their first entry: chat, sponsors, …")
    next_meetup_at = models.DateTimeField(null=True, blank=True, help_text="Kept by meetups, for lists")
    next_meetup_url = models.CharField(max_length=300, blank=True)
    last_meetup_at = models.DateTimeField(null=True, blank=True)
    founded_at = models.DateTimeField()
    founder = models.ForeignKey("community.Member", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                condition=~Q(source=""),
                name="group_listing_once",
            ),
            models.CheckConstraint(
                name="group_position_whole",
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="group_position_on_earth",
                condition=Q(latitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
            ),
            models.CheckConstraint(name="group_slug_not_reserved", condition=~Q(slug__in=sorted(RESERVED_SLUGS))),
        ]
        indexes = [models.Index(fields=["latitude", "longitude"], name="group_position")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_listed_elsewhere(self) -> bool:
        """A listing that links away."""
        return self.state == self.State.LISTED

    @property
    def scope(self) -> str:
        """The name under which notices and preferences know this group."""
        return f"group:{self.pk}"

    def get_absolute_url(self) -> str:
        """The group's front page."""
        return reverse("cms:group", args=[self.slug])
