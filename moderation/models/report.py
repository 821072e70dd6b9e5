"""A member says: look at this."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from community.models import GOVERNING, Member, Membership


class ReportQuerySet(models.QuerySet["Report"]):
    """Which reports."""

    def open(self) -> Self:
        """Not yet settled."""
        return self.filter(state=Report.State.OPEN)

    def visible_to(self, member: Member) -> Self:
        """Those this member may judge: all for the site's moderators, a group's for those who look after it.

        Never about oneself; and reports about people who govern a group are for the site's moderators.
        """
        others = self.exclude(author=member)
        if member.is_moderator or member.is_superuser:
            return others
        governing = Membership.objects.live().filter(group=OuterRef("group"), role__in=GOVERNING)
        return others.filter(
            Exists(governing.filter(member=member)), ~Exists(governing.filter(member=OuterRef("author")))
        )

    def about(self, kind: str, number: int) -> Self:
        """About this thing."""
        return self.filter(target_kind=kind, target_id=number)


class Report(models.Model):
    """Points at a thing by kind and number (`moderation.registry` finds it). One open report a person a thing."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open"
        UPHELD = "upheld"
        DISMISSED = "dismissed"

    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports")
    target_kind = models.CharField(max_length=40)
    target_id = models.PositiveBigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports_against")
    group = models.ForeignKey("community.Group", models.CASCADE, null=True, blank=True, related_name="reports")
    rule = models.ForeignKey("moderation.Rule", models.PROTECT, related_name="reports")
    text = models.TextField("what is wrong", max_length=2000, blank=True)
    excerpt = models.TextField(help_text="What it said when it was reported")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    decision = models.ForeignKey("moderation.Decision", models.SET_NULL, null=True, related_name="reports")

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "target_kind", "target_id"], condition=Q(state="open"), name="report_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["group", "made_at"], condition=Q(state="open"), name="report_queue"),
            models.Index(fields=["target_kind", "target_id"], name="report_target"),
        ]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_id}"
