"""Nouns: people, organisations, groups."""

from community.models.block import Block
from community.models.claim import Claim
from community.models.group import Group
from community.models.log import LogEntry
from community.models.member import Member
from community.models.membership import GOVERNING, Membership
from community.models.organisation import CONFLICTING, Affiliation, Organisation
from community.models.sanction import Sanction
from community.models.trust import TrustChange

__all__ = [
    "CONFLICTING",
    "GOVERNING",
    "Affiliation",
    "Block",
    "Claim",
    "Group",
    "LogEntry",
    "Member",
    "Membership",
    "Organisation",
    "Sanction",
    "TrustChange",
]
