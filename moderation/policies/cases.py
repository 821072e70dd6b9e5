"""May this member report that thing, or judge it?"""

from datetime import datetime, timedelta

from community.models import Group, Member, Membership
from community.policies.groups import moderates_site
from community.policies.sanctions import may_sanction, may_write
from community.verdicts import YES, Verdict, no
from moderation import registry
from moderation.models import Report
from moderation.registry import Subject

REPORTS_A_DAY = 20
DAY = timedelta(days=1)


def may_report(member: Member | None, subject: Subject, at: datetime) -> Verdict:
    """Everyone with an account, even one who may not write for now; twenty things a day."""
    if member is None or not member.pk or not member.is_active or member.departed_at:
        return no("Sign in to report something.")
    if subject.author is not None and subject.author.pk == member.pk and not subject.is_past:
        return no("That is your own: you can change it or take it away yourself.")
    if Report.objects.filter(reporter=member, made_at__gt=at - DAY).count() >= REPORTS_A_DAY:
        return no(
            f"You have reported {REPORTS_A_DAY} things today. We look at those first; please come back tomorrow.",
            retry_after=int(DAY.total_seconds()),
        )
    return YES


def may_decide(member: Member | None, author: Member | None, group: Group | None, at: datetime) -> Verdict:
    """Those who look after the group within it, the site's moderators everywhere; never on one's own case."""
    allowed = may_write(member, group, at)
    if not allowed or member is None:
        return allowed
    return may_sanction(member, author, group)


def may_open_queue(member: Member | None) -> Verdict:
    """Whoever looks after the site or any group."""
    if moderates_site(member):
        return YES
    if member and Membership.objects.live().governing().filter(member=member).exists():
        return YES
    return no("The queue is for those who moderate the site or look after a group.")


def has_no_interest(member: Member | None, subject: Subject) -> Verdict:
    """Whoever has an interest in a thing stays out of its case; the floors above know of such."""
    reason = registry.interest(member, subject)
    return no(reason) if reason else YES
