"""Vendors and distributors, and the ties members have to them."""

from django.db import models
from django.urls import reverse

from community.models.period import PeriodQuerySet, ends_after_start


class Organisation(models.Model):
    """A vendor or distributor. It sponsors; it never governs."""

    class Kind(models.TextChoices):
        """What it is to a small IT provider."""

        VENDOR = "vendor", "Vendor"
        DISTRIBUTOR = "distributor", "Distributor"

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.VENDOR)
    website = models.URLField(blank=True)
    about = models.TextField(max_length=2000, blank=True)
    logo = models.ForeignKey("assets.Picture", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(models.functions.Lower("name"), name="organisation_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page, in the open."""
        return reverse("sponsors:organisation", args=[self.slug])


class Affiliation(models.Model):
    """A member's live tie to an organisation, declared and dated. Selling or using its products is not one."""

    class Kind(models.TextChoices):
        """The tie."""

        EMPLOYEE = "employee", "I work there"
        OWNER = "owner", "I own some of it"
        CONTRACTOR = "contractor", "I work for them on contract"
        SPEAKER = "speaker", "They pay me to speak"

    member = models.ForeignKey("community.Member", models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    kind = models.CharField(max_length=12, choices=Kind)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    declared_at = models.DateTimeField()
    represents_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Confirmed to write for the organisation: by site staff or another representative",
    )

    objects = PeriodQuerySet["Affiliation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "organisation"],
                condition=models.Q(ends_on=None),
                name="affiliation_live_once",
            ),
            ends_after_start("affiliation_period"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} {self.organisation_id}"


CONFLICTING = (Affiliation.Kind.EMPLOYEE, Affiliation.Kind.OWNER, Affiliation.Kind.CONTRACTOR)
"""The ties that bar from governing a group which that organisation sponsors."""
