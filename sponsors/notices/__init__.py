"""Who hears of it: those who decide and those who asked. Members are never mailed what a vendor wants."""

from sponsors.notices.events import event_settled, event_waiting
from sponsors.notices.sponsorships import ended, proposed, represents, settled

__all__ = ["ended", "event_settled", "event_waiting", "proposed", "represents", "settled"]
