"""A member, as far as they are open to all."""

from dataclasses import dataclass, field
from datetime import date

from community.models import Affiliation, Block, Member, Membership
from forum.models import Post

POSTS = 8


@dataclass(frozen=True, slots=True)
class Profile:
    """Groups, ties to vendors (always open), and the latest posts this reader may see; four queries at most."""

    member: Member
    places: list[Membership]
    affiliations: list[Affiliation]
    posts: list[Post] = field(default_factory=list)
    is_blocked: bool = False


def find(handle: str) -> Member | None:
    """Someone who is here, by the handle as people type it; one query."""
    return Member.objects.present().select_related("avatar").filter(handle__iexact=handle).first()


def profile(member: Member, reader: Member | None, today: date) -> Profile:
    """What the page shows. Posts of someone the reader blocked are left out."""
    is_blocked = bool(reader and Block.objects.filter(member=reader, blocked=member).exists())
    places = Membership.objects.live().filter(member=member).exclude(group__state="archived")
    ties = Affiliation.objects.on(today).filter(member=member).select_related("organisation")
    posts = Post.objects.visible_to(reader).filter(author=member, hidden_at=None).select_related("topic")
    return Profile(
        member=member,
        places=list(places.select_related("group").order_by("joined_at", "pk")),
        affiliations=list(ties.order_by("starts_on", "pk")),
        posts=[] if is_blocked else list(posts.order_by("-pk")[:POSTS]),
        is_blocked=is_blocked,
    )
