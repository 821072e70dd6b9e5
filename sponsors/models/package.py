"""What a vendor may give, and what it gets for it."""

from django.db import models


class Package(models.Model):
    """An offer of one year. Nothing in it can be exclusive: there is no field for that."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=60)
    year = models.PositiveSmallIntegerField()
    about = models.TextField(max_length=1000, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3, default="GBP")
    is_in_kind = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "year"], name="package_once_a_year"),
            models.CheckConstraint(name="package_amount", condition=models.Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class Benefit(models.Model):
    """One thing a sponsor gets: a line on a page, a thank-you, a slot of product time."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="benefits")
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.title
