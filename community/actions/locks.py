"""Locks that are wider than a row, always taken first."""

from django.db import connection

from community.models.locks import NEUTRALITY_LOCK


def neutrality() -> None:
    """Let one writer at a time change roles, affiliations and sponsorships, until the transaction ends.

    Call it as the first statement of the transaction: the triggers of `sponsors.models.guards` take the same lock, and
    one order for all is what keeps writers from waiting for each other. On SQLite a transaction is alone anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NEUTRALITY_LOCK])
