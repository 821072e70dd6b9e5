"""The one outbox: mail to anyone is a row first."""

from datetime import datetime
from typing import Any


def post(
    *,
    to: str,
    kind: str,
    template: str,
    context: dict[str, Any],
    at: datetime,
    member_id: int | None = None,
    scope: str = "",
    headers: dict[str, str] | None = None,
    attachments: list[dict[str, str]] | None = None,
    dedupe: str | None = None,
) -> None:
    """Render `<template>.txt` and `.html` (the first line of the text is the subject) into a waiting row."""
    raise NotImplementedError
