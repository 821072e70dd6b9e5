"""The demo world, built once."""


def build() -> None:
    """Make it, unless it is there."""
