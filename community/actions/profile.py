"""What a member says of themselves."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from assets.models import Picture
from community.models import Member
from live.changes import EVERYTHING, changed

FIELDS = (
    "display_name",
    "about",
    "time_zone",
    "place_name",
    "latitude",
    "longitude",
    "is_listed_by_name",
    "is_findable",
)


def update(
    *, member: Member, values: Mapping[str, Any], avatar: ContentFile | None = None, drop_avatar: bool = False
) -> Member:
    """Keep what is in `values` (any of `FIELDS`), and a new face where one was given."""
    with transaction.atomic():
        mine = Member.objects.select_for_update().get(pk=member.pk)
        for field in FIELDS:
            if field in values:
                setattr(mine, field, values[field])
        mine.save(update_fields=[field for field in FIELDS if field in values])
        if avatar is not None or drop_avatar:
            remove_avatar(mine)
        if avatar is not None:
            mine.avatar = Picture.objects.create(
                title=f"Face of {mine.handle}", file=avatar, uploaded_by_user=mine, description=""
            )
            mine.save(update_fields=["avatar"])
        changed(EVERYTHING)
        return mine


def remove_avatar(member: Member) -> None:
    """Delete the picture and its file, after the commit."""
    picture = member.avatar
    if picture is None:
        return
    member.avatar = None
    member.save(update_fields=["avatar"])
    changed(EVERYTHING)
    picture.delete()  # Wagtail removes the file and its renditions after the commit
