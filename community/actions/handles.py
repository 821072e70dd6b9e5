"""Choosing the name that others call you by."""

from django.db import IntegrityError, transaction

from community.models import Member
from community.queries import handles
from community.text import handles as spelling
from community.verdicts import NotAllowed
from live.changes import EVERYTHING, changed


class Taken(Exception):  # noqa: N818  (it says the outcome)
    """Someone has this handle, or one that looks like it; `suggestions` are free."""

    def __init__(self, handle: str) -> None:
        """Look for free ones like it."""
        self.suggestions = handles.suggestions(handle)
        super().__init__(f"“{handle}” is taken, or looks like the handle of somebody here.")


def choose(*, member: Member, handle: str) -> Member:
    """Give a provisional account its handle, once. Raises `NotAllowed` or `Taken`, with words for people."""
    wish = spelling.tidy(handle)
    if problem := spelling.problem(wish):
        raise NotAllowed(problem)
    try:
        with transaction.atomic():
            mine = Member.objects.select_for_update().get(pk=member.pk)
            if mine.is_handle_chosen:
                raise NotAllowed("You have chosen your handle already; it stays, so that mentions keep leading to you.")
            if not handles.is_free(wish, besides=mine):
                raise Taken(wish)
            mine.handle, mine.handle_key, mine.is_handle_chosen = wish, spelling.key(wish), True
            mine.save(update_fields=["handle", "handle_key", "is_handle_chosen"])
            changed(EVERYTHING)
            return mine
    except IntegrityError as error:  # somebody chose it in the same moment
        raise Taken(wish) from error
