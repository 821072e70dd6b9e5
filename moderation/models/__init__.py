"""Nouns of judging."""

from moderation.models.decision import Decision
from moderation.models.report import Report
from moderation.models.rule import Rule

__all__ = ["Decision", "Report", "Rule"]
