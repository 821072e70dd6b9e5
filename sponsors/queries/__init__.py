"""What is there? One function a page or list, a constant number of queries."""

from sponsors.queries.events import coming, events_of
from sponsors.queries.groups import sponsors_of

__all__ = ["coming", "events_of", "sponsors_of"]
