"""What editors do in the back office is seen by visitors at once."""

from typing import Any

from wagtail import hooks

from live.changes import EVERYTHING, changed

DEEDS = ("create", "edit", "publish", "unpublish", "delete", "move", "copy")


def shown_anew(*_: Any, **__: Any) -> None:
    """A page may stand in menus and lists of others: everything is shown anew."""
    changed(EVERYTHING)


for deed in DEEDS:
    hooks.register(f"after_{deed}_page", shown_anew)
    hooks.register(f"after_{deed}_snippet", shown_anew)
