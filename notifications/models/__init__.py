"""Nouns of telling people."""

from notifications.models.incoming import IncomingAddress, IncomingMail
from notifications.models.notice import Notice
from notifications.models.outgoing import OutgoingMail
from notifications.models.preference import Preference

__all__ = ["IncomingAddress", "IncomingMail", "Notice", "OutgoingMail", "Preference"]
