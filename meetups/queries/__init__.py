"""What a page needs; a constant number of queries each."""

from meetups.queries.evenings import Evening, last_held, next_for, upcoming_of

__all__ = ["Evening", "last_held", "next_for", "upcoming_of"]
