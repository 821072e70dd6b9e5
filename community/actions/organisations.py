"""Vendors and distributors, as members name them."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils.text import slugify

from community.models import Organisation
from community.models.group import RESERVED_SLUGS


def ensure(*, name: str, at: datetime) -> Organisation:
    """The organisation of that name, in any case of letters; added where there is none."""
    name = " ".join(name.split())
    if found := _named(name):
        return found
    try:
        with transaction.atomic():
            return Organisation.objects.create(name=name, slug=_free_slug(name), created_at=at)
    except IntegrityError:
        if found := _named(name):  # added by somebody else meanwhile
            return found
        raise


def _named(name: str) -> Organisation | None:
    return Organisation.objects.alias(lower_name=Lower("name")).filter(lower_name=name.lower()).first()


def _free_slug(name: str) -> str:
    stem = slugify(name)[:50] or "vendor"
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED_SLUGS
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)
