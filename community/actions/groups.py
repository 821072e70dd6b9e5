"""A group begins, lights its tabs, changes its facts."""

from datetime import datetime
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from community import registry
from community.actions import locks, log
from community.actions.memberships import open_place
from community.models import Group, Member, Membership
from community.models.group import RESERVED_SLUGS
from community.places import Place
from community.policies import groups as policies
from community.policies.sanctions import may_write
from community.text.render import render
from live import changes

AMENDABLE = ("name", "about", "topic", "time_zone", "is_online", "website", "attendees_visible_to", "language")
NAMES = {
    "about": "what it says about itself",
    "topic": "shared problem",
    "place_name": "town",
    "is_online": "whether it meets online",
    "website": "its page elsewhere",
    "attendees_visible_to": "who sees its people",
}
"""Facts as the log calls them."""
LONGEST_SLUG = 80


def found(
    *,
    founder: Member,
    name: str,
    place: Place | None,
    about: str,
    topic: str,
    time_zone: str,
    at: datetime,
    slug: str | None = None,
) -> Group:
    """Begin a group; the founder is its first organiser, its forum and room are made by those who listen."""
    may_write(founder, None, at).or_refuse()
    facts: dict[str, Any] = {
        "name": name.strip(),
        "about": about,
        "about_html": rendered(about, founder),
        "topic": topic,
        "time_zone": time_zone,
        "founded_at": at,
        "founder": founder,
        **position(place),
    }
    with transaction.atomic():
        locks.neutrality()
        group = _store(slug or slug_for(name, place), facts)
        changes.changed("groups", f"group:{group.pk}")
        open_place(founder, group, Membership.Role.ORGANISER, at)
        log.record(group=group, actor=founder, kind="group.founded", text="Started the group.", at=at)
        registry.announce("founded", group=group, actor=founder, at=at)
        registry.announce("joined", group=group, member=founder, at=at)
        registry.announce("role_changed", group=group, member=founder, role=Membership.Role.ORGANISER, at=at)
        group.refresh_from_db()
        return group


def amend(*, actor: Member, group: Group, at: datetime, place: Place | None = None, **facts: Any) -> Group:
    """Change facts of a group (`AMENDABLE`, and its place); what changed is in the log by name."""
    policies.may_manage(actor, group).or_refuse()
    if unknown := set(facts) - set(AMENDABLE):
        raise TypeError(f"Not to be amended: {', '.join(sorted(unknown))}")
    if "about" in facts:
        facts["about_html"] = rendered(facts["about"], actor)
    facts |= position(place) if place else {}
    with transaction.atomic():
        kept = Group.objects.select_for_update().get(pk=group.pk)
        changed = [name for name, value in facts.items() if getattr(kept, name) != value]
        if not changed:
            return kept
        for name in changed:
            setattr(kept, name, facts[name])
        kept.save(update_fields=changed)
        changes.changed(changes.EVERYTHING)
        told = [NAMES.get(name, name.replace("_", " ")) for name in changed if name in (*AMENDABLE, "place_name")]
        text = f"Changed {', '.join(told) or 'where it is on the map'}."
        log.record(group=kept, actor=actor, kind="group.amended", text=text, at=at)
        registry.announce("amended", group=kept, changed=changed, at=at)
        return kept


def light_tab(group: Group, tab: str) -> None:
    """Show a tab from its first content on; free when it is lit already."""
    if tab in group.tabs:
        return
    with transaction.atomic():
        kept = Group.objects.select_for_update().get(pk=group.pk)
        if tab not in kept.tabs:
            kept.tabs.append(tab)
            kept.save(update_fields=["tabs"])
            changes.changed(changes.EVERYTHING)
        group.tabs = kept.tabs


def slug_for(name: str, place: Place | None = None) -> str:
    """From the name; from the town where the name has no Latin letters; never a word that addresses need."""
    slug = slugify(name)[:LONGEST_SLUG].strip("-_")
    if not slug or slug.isdigit():
        town = slugify(place.name) if place else ""
        slug = "-".join(part for part in ("group", town, slug) if part)
    return f"{slug}-group" if slug in RESERVED_SLUGS else slug


def position(place: Place | None) -> dict[str, Any]:
    """The fields of a group that say where it is."""
    if place is None:
        return {}
    return {
        "place_name": place.name,
        "region": place.region,
        "country_code": place.country_code,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def rendered(about: str, author: Member) -> str:
    """Safe HTML of the text about a group."""
    return render(about, author=author).html if about else ""


def _store(wished: str, facts: dict[str, Any]) -> Group:
    """Under the wished slug, or the next free one: two groups of one name may begin in the same second."""
    for number in count(1):
        ending = f"-{number}" if number > 1 else ""
        slug = f"{wished[: LONGEST_SLUG - len(ending)]}{ending}"
        if Group.objects.filter(slug=slug).exists():
            continue
        try:
            with transaction.atomic():
                return Group.objects.create(slug=slug, **facts)
        except IntegrityError:
            if not Group.objects.filter(slug=slug).exists():
                raise
    raise AssertionError
