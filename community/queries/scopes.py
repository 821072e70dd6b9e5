"""Groups, as notices and preferences know them: "group:7"."""

from collections.abc import Iterable

from community.models import Group, Member


def names(numbers: Iterable[int]) -> dict[int, str]:
    """What these groups are called."""
    return dict(Group.objects.filter(pk__in=list(numbers)).values_list("pk", "name"))


def places(member: Member) -> list[tuple[str, str]]:
    """The member's groups as (scope, name), by name."""
    mine = Group.objects.filter(memberships__member=member, memberships__ends_on=None).order_by("name", "pk")
    return [(f"group:{pk}", name) for pk, name in mine.values_list("pk", "name")]
