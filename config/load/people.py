"""Members, their groups and a place to talk in each."""

from datetime import datetime, timedelta

from community.models import Group, Member, Membership
from config.load.size import BATCH, WORDS, Size
from forum.models import Category


def members(size: Size, at: datetime) -> list[Member]:
    """People who came to an evening once; nobody can sign in as them."""
    rows = [
        Member(
            email=f"load{number}@load.example",
            handle=f"load{number}",
            handle_key=f"load{number}",
            display_name=f"{WORDS[number % len(WORDS)].capitalize()} {number}",
            is_handle_chosen=True,
            password="!",  # noqa: S106  (no password opens these)
            joined_at=at - timedelta(days=400),
            attended_at=at - timedelta(days=300),
        )
        for number in range(size.members)
    ]
    return Member.objects.bulk_create(rows, batch_size=BATCH)


def groups(size: Size, people: list[Member], at: datetime) -> list[Category]:
    """Groups of equal size, each with one place to talk; answers those places."""
    groups = Group.objects.bulk_create(
        [
            Group(
                name=f"Load group {number}",
                slug=f"load-{number}",
                place_name="Leeds",
                latitude=50 + number % 9,
                longitude=-5 + number % 7,
                founded_at=at - timedelta(days=400),
                member_count=len(people) // size.groups,
            )
            for number in range(size.groups)
        ]
    )
    Membership.objects.bulk_create(
        [
            Membership(group=groups[number % size.groups], member=member, starts_on=at.date(), joined_at=at)
            for number, member in enumerate(people)
        ],
        batch_size=BATCH,
    )
    return Category.objects.bulk_create([Category(group=group, name="Talk", slug=group.slug) for group in groups])
