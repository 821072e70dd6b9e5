"""The code of conduct, rule by rule."""

from django.db import models


class Rule(models.Model):
    """One rule people can point at. A changed wording is a new version; reports keep the one they named."""

    key = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=80)
    text = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="rule_version_once"),
            models.UniqueConstraint(fields=["key"], condition=models.Q(is_current=True), name="rule_current_once"),
        ]

    def __str__(self) -> str:
        return self.title
