"""Numbers that came in with an address or a form, where anything may stand."""

LARGEST = 2**63 - 1
"""The largest number that a column of whole numbers holds."""


def whole(said: str, *, most: int = LARGEST) -> int | None:
    """The whole number from 0 to `most` that was said in the digits 0 to 9; None for anything else."""
    if not (said.isascii() and said.isdigit()) or len(said) > len(str(most)):
        return None
    number = int(said)
    return number if number <= most else None
