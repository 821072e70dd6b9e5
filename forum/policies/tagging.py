"""May they tag?"""

from community.models import Member, Membership
from community.policies.groups import moderates_site
from community.verdicts import YES, Verdict, no
from forum.models import Topic
from forum.policies.standing import Standing


def may_tag(who: Standing, topic: Topic) -> Verdict:
    """Whoever began the topic, and those who govern its place."""
    if topic.deleted_at:
        return no("This topic is no longer here.")
    if topic.archived_at:
        return no("This topic is in the archive.")
    if who.governs:
        return YES
    if topic.author_id != who.member_id:
        return no("Only whoever began a topic, an organiser or a moderator can tag it.")
    return who.write


def may_make_tags(member: Member, names: list[str]) -> Verdict:
    """Members of a group make new tags; everyone else chooses among those that are there. One query."""
    if moderates_site(member) or Membership.objects.live().filter(member=member).exists():
        return YES
    said = ", ".join(f"“{name}”" for name in names)
    return no(f"There is no tag {said} yet. Members of a group make new ones; choose another or leave it out.")


def may_rename_tags(member: Member | None) -> Verdict:
    """Tags belong to the whole site, so its moderators look after them."""
    return YES if moderates_site(member) else no("Only those who moderate the site rename and merge tags.")
