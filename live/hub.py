"""Fans one frame out to every socket of this process that listens, and to the other processes through Redis."""

from collections.abc import Mapping
from typing import Any


def send(stream: str, frame: Mapping[str, Any]) -> None:
    """Hand a frame over; called after the commit, from any thread."""
