"""How much product time a group's evenings carry."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

USUAL_MINUTES, MOST_MINUTES = 10, 30
MOST_PERCENT = 20


class ProductRule(models.Model):
    """A group's own numbers, from its charter; without a row the usual ones hold."""

    group = models.OneToOneField("community.Group", models.CASCADE, related_name="product_rule")
    minutes = models.PositiveSmallIntegerField(default=USUAL_MINUTES)
    percent = models.PositiveSmallIntegerField(default=MOST_PERCENT)

    class Meta:
        constraints = [
            models.CheckConstraint(name="product_rule_minutes", condition=Q(minutes__lte=MOST_MINUTES)),
            models.CheckConstraint(name="product_rule_percent", condition=Q(percent__lte=MOST_PERCENT)),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} minutes, {self.percent} %"

    def cap(self, length: timedelta) -> int:
        """Whole minutes that an evening of this length carries."""
        return min(self.minutes, int(length.total_seconds() / 60) * self.percent // 100)
