"""What a property holds, where it holds anything: others write what no RFC allows."""

from typing import Any

from icalendar.error import BrokenCalendarProperty


def value_of(prop: Any) -> Any:
    """The date, moment or span of a property; None where there is none, or none that can be read."""
    try:
        return getattr(prop, "dt", None)
    except BrokenCalendarProperty:
        return None


def params_of(prop: Any) -> dict[str, Any]:
    """Its parameters; none where it cannot be read."""
    try:
        return getattr(prop, "params", {})
    except BrokenCalendarProperty:
        return {}
