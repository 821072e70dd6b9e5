"""A place to meet."""

from django.db import models


class Venue(models.Model):
    """Reusable; the position is exact, because people must find the door."""

    group = models.ForeignKey("community.Group", models.CASCADE, related_name="venues")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    access_notes = models.TextField("getting in", max_length=1000, blank=True, help_text="Step-free? Which door?")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
