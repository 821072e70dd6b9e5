"""A ZIP of everything the site holds of a member: JSON for programs, a page for people, their pictures."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from assets.models import Picture
from community import registry
from community.models import Member

IN_MEMORY = 5 * 1024 * 1024
SHOWN = 200
"""Rows of one kind on the page for people; the JSON has them all."""


def build(member: Member, at: datetime) -> "SpooledTemporaryFile[bytes]":
    """The archive, read from its beginning; small ones stay in memory, others on disk until closed."""
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed by who reads it)
    tables = []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, rows in registry.exports(member).items():
            kept: list[dict[str, Any]] = []
            with archive.open(f"data/{name}.json", "w") as out:
                for piece in _json(rows, kept):
                    out.write(piece.encode())
            tables.append(_table(name, kept))
        pictures = list(_pictures(archive, member))
        context = {
            "member": member,
            "at": at,
            "tables": tables,
            "pictures": pictures,
            "site": settings.WAGTAIL_SITE_NAME,
        }
        archive.writestr("index.html", render_to_string("community/export/index.html", context))
    file.seek(0)
    return file


def _json(rows: Iterable[dict[str, Any]], kept: list[dict[str, Any]]) -> Iterator[str]:
    """One array, row by row; the first rows (and how many there are) are kept for the page."""
    yield "["
    for number, row in enumerate(rows):
        if number < SHOWN:
            kept.append(row)
        yield (",\n " if number else "\n ") + json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
    yield "\n]\n"


def _table(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return {
        "name": name,
        "title": name.replace("-", " ").capitalize(),
        "columns": [column.replace("_", " ") for column in columns],
        "rows": [[row.get(column, "") for column in columns] for row in rows],
        "is_cut": len(rows) == SHOWN,
    }


def _pictures(archive: ZipFile, member: Member) -> Iterator[str]:
    for picture in Picture.objects.filter(uploaded_by_user=member).order_by("pk"):
        name = f"pictures/{picture.pk}-{picture.filename}"
        try:
            with picture.file.storage.open(picture.file.name) as source:
                archive.writestr(name, source.read(), ZIP_STORED)
        except OSError:
            continue  # the row outlived its file
        yield name
