"""What was said elsewhere, read out of its files: `letters.py` for mailing lists, `discourse.py` for exports."""


class Unreadable(Exception):  # noqa: N818  (it says the outcome)
    """A file that is not what it should be; the message is for people."""
