"""What an evening, a slot or a proposal is about, in one word."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower


class SubjectQuerySet(models.QuerySet["Subject"]):
    """Which subjects."""

    def offered(self) -> Self:
        """Those to choose from, in their order."""
        return self.filter(is_offered=True).order_by("position", "name")


class Subject(models.Model):
    """One of a short list, the same for all groups; editors keep it. The slug stands in addresses and never changes."""

    name = models.CharField(max_length=40)
    slug = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_offered = models.BooleanField(default=True, help_text="Can be chosen; what bears it already keeps it")

    objects = SubjectQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="subject_name_once")]

    def __str__(self) -> str:
        return self.name
