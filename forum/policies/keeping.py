"""May they read, close, pin?"""

from community.models import Member
from community.verdicts import YES, Verdict, no
from forum.models import Category, Topic
from forum.policies.standing import Standing


def may_see(member: Member | None, topic: Topic) -> Verdict:
    """The same question as `visible_to`, asked of one topic; one query."""
    seen = Topic.objects.visible_to(member).filter(pk=topic.pk).exists()
    return YES if seen else no("There is no such topic here.")


def may_read(member: Member | None, category: Category) -> Verdict:
    """The same question as `visible_to`, asked of one category; one query."""
    seen = Category.objects.visible_to(member).filter(pk=category.pk).exists()
    return YES if seen else no("There is no such place here.")


def may_change(topic: Topic) -> Verdict:
    """What is in the archive stays as it is."""
    return no("This topic is in the archive, so what it says stays as it is.") if topic.archived_at else YES


def may_close(who: Standing) -> Verdict:
    """Those who govern the place."""
    return YES if who.governs else no("Only organisers and moderators can close a topic.")


def may_reopen(topic: Topic) -> Verdict:
    """Not where it is full and goes on in another; one query."""
    part = Topic.objects.filter(continues=topic).first()
    return no(f"This topic is full, and goes on in “{part.title}”. Write there.") if part else YES


def may_pin_everywhere(who: Standing) -> Verdict:
    """Those who moderate the site."""
    is_theirs = bool(who.member and who.member.is_moderator)
    return YES if is_theirs else no("Only those who moderate the site can pin a topic for everyone.")


def may_pin(who: Standing) -> Verdict:
    """Those who govern the place."""
    return YES if who.governs else no("Only organisers and moderators can pin a topic.")
