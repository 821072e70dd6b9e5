"""Nouns: what a vendor gives, what it gets, and the public book of it."""

from sponsors.models.event import VendorEvent
from sponsors.models.ledger import LedgerTransaction, Transfer
from sponsors.models.package import Benefit, Package
from sponsors.models.sponsorship import Sponsorship

__all__ = ["Benefit", "LedgerTransaction", "Package", "Sponsorship", "Transfer", "VendorEvent"]
