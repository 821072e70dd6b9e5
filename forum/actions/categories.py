"""Places are made here: those of the site, and Talk for every new group."""

from datetime import datetime
from itertools import count

from community.models import Group, Member
from forum.models import Category, Colour
from forum.queries.mine import part
from live.changes import changed

OF_THE_SITE = (
    ("running-the-business", "Running the business", "Prices, contracts, cash flow, hiring, holidays.", Colour.HONEY),
    ("tools-and-vendors", "Tools and vendors", "What works, what it costs, what to ask before you sign.", Colour.MOSS),
    ("security", "Security", "Keeping clients safe, and what to do on the bad day.", Colour.BERRY),
    ("about-this-site", "About this site", "Questions, wishes, and how we run this place.", Colour.STONE),
)


def seed() -> None:
    """The first places of the site; what is there already stays as it is."""
    for position, (slug, name, about, colour) in enumerate(OF_THE_SITE):
        Category.objects.get_or_create(
            slug=slug, defaults={"name": name, "about": about, "colour": colour, "position": position}
        )


def found(*, group: Group, actor: Member | None = None, at: datetime) -> None:
    """A group begins, or a listing comes alive: it gets its Talk, once, in the same transaction."""
    if Category.objects.filter(group=group).exists():
        return
    Category.objects.create(
        group=group,
        name="Talk",
        slug=free_slug(group.slug),
        about=f"What {group.name} talks about between two meetups."[:300],
    )


def free_slug(slug: str) -> str:
    """The slug itself, or the first like it that is not taken."""
    names = (slug if n == 0 else f"{slug}-talk" if n == 1 else f"{slug}-talk-{n}" for n in count())
    return next(name for name in names if not Category.objects.filter(slug=name).exists())


def regrouped(*, group: Group, member: Member, at: datetime, role: str = "") -> None:
    """Somebody joined, left or changed their role: what they may read, and how many there are, is asked anew."""
    changed(f"members:{group.pk}", part(member.pk))
