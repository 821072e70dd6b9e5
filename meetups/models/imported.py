"""Evenings that come from another calendar."""

from django.db import models


class CalendarImport(models.Model):
    """A calendar that an organiser is looking over; gone once it is brought in, or after a day."""

    group = models.ForeignKey("community.Group", models.CASCADE, related_name="+")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="calendar_imports")
    source = models.CharField(max_length=500, help_text="The address or the name of the file")
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "member"], name="calendar_import_once")]

    def __str__(self) -> str:
        return self.source


class ImportedDate(models.Model):
    """Which date of which calendar an evening came from: the same one is changed, never made twice.

    `fingerprint` is of what the calendar said. While it says the same, what was changed here since stays.
    """

    group = models.ForeignKey("community.Group", models.CASCADE, related_name="+")
    meetup = models.OneToOneField("meetups.Meetup", models.CASCADE, related_name="imported")
    uid = models.CharField(max_length=255)
    occurrence = models.CharField(max_length=20, blank=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "uid", "occurrence"], name="imported_date_once")]

    def __str__(self) -> str:
        return f"{self.uid} {self.occurrence}"
