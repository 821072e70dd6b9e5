"""Reporting something: one open report a person a thing."""

from datetime import datetime

from django.db import transaction

from community.models import Member
from moderation.models import Report, Rule
from moderation.notices import cases as notices
from moderation.policies import cases as policies
from moderation.registry import Subject


def report(*, reporter: Member, subject: Subject, rule: Rule, text: str, at: datetime) -> Report:
    """Say that a thing breaks a rule; what it says now is kept with it. Reporting twice is reporting once."""
    policies.may_report(reporter, subject, at).or_refuse()
    with transaction.atomic():
        row, is_new = Report.objects.get_or_create(
            reporter=reporter,
            target_kind=subject.kind,
            target_id=subject.id,
            state=Report.State.OPEN,
            defaults={
                "author": subject.author,
                "group": subject.group,
                "rule": rule,
                "text": text.strip(),
                "excerpt": subject.text,
                "made_at": at,
            },
        )
        if is_new:
            notices.reported(row, at)
    return row
