"""The answer to an evening, wherever a page shows it."""

from datetime import datetime
from typing import Any

from meetups import holds, policies
from meetups.queries.evenings import Evening
from meetups.text import PARTY_RULE


def answering(evening: Evening | None, at: datetime) -> dict[str, Any]:
    """What `meetups/parts/rsvp.html` needs beside the evening itself."""
    closed = policies.closed_to(evening.meetup, evening.answer, at) if evening else ""
    return {"evening": evening, "closed": closed, "party_rule": PARTY_RULE, "hold_table": holds.table()}
