"""What a member's download holds of evenings."""

from meetups.exports import agendas, evenings

ALL = evenings.ALL | agendas.ALL
"""By the name of their file in the download."""
