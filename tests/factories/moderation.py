"""Rules, reports, decisions."""

import factory
from factory.django import DjangoModelFactory

from moderation import models
from tests.factories.community import BEGAN, GroupFactory, MemberFactory


class RuleFactory(DjangoModelFactory):
    class Meta:
        model = models.Rule

    key = factory.Sequence(lambda n: f"rule-{n}")
    title = factory.Sequence(lambda n: f"Rule {n}")
    text = "Do not."


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = models.Report

    reporter = factory.SubFactory(MemberFactory)
    target_kind = "note"
    target_id = factory.Sequence(lambda n: n + 1000)
    author = factory.SubFactory(MemberFactory)
    group = factory.SubFactory(GroupFactory)
    rule = factory.SubFactory(RuleFactory)
    excerpt = "Something rude."
    made_at = BEGAN


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = models.Decision

    target_kind = "note"
    target_id = factory.Sequence(lambda n: n + 1000)
    author = factory.SubFactory(MemberFactory)
    group = factory.SubFactory(GroupFactory)
    kind = "hide"
    rule = factory.SubFactory(RuleFactory)
    reason = "It names a client."
    decided_by = factory.SubFactory(MemberFactory)
    decided_at = BEGAN
