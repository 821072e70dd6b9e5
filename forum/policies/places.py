"""May they arrange the places to talk in?"""

from community.models import Group, Member
from community.policies.groups import may_manage, moderates_site
from community.verdicts import YES, Verdict, no
from forum.models import Category


def may_arrange(member: Member | None, group: Group | None) -> Verdict:
    """A group's organisers theirs; those who moderate the site the site's."""
    if group is not None:
        return may_manage(member, group)
    return YES if moderates_site(member) else no("Only those who moderate the site arrange its places.")


def may_begin_in(category: Category) -> Verdict:
    """A retired place is read, and answered in; nothing new begins there."""
    if category.retired_at is None:
        return YES
    return no("This place is retired. You can read it and answer what is there; begin something new elsewhere.")
