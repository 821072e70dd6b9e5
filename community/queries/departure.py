"""What somebody's leaving would mean."""

from django.db.models import Count, Q, QuerySet

from community.models import Group, Member, Membership

Role = Membership.Role


def organised_alone(member: Member) -> "QuerySet[Group]":
    """Groups that nobody else organises."""
    live = Q(memberships__ends_on=None, memberships__role=Role.ORGANISER)
    mine = Membership.objects.live().organising().filter(member=member).values("group_id")
    return Group.objects.filter(pk__in=mine).annotate(organisers=Count("memberships", filter=live)).filter(organisers=1)
