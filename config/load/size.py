"""How much to make, and of which words."""

from dataclasses import dataclass

VOCABULARY = """
client backup switch invoice router contract password school dentist printer cable rack firewall mailbox licence tenant
restore ticket quote evening agenda apprentice van insurance clause deposit server phone wifi cloud vendor margin
renewal laptop screen keyboard desk office lease partner audit policy training summer winter deadline budget
"""
WORDS = VOCABULARY.split()
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much to make."""

    members: int
    groups: int
    topics: int
    posts: int
    longest: int
    meetups: int
    seed: int
