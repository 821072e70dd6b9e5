"""Nouns of chat."""

from chat.models.citation import Citation, Extract
from chat.models.enclosure import Enclosure
from chat.models.message import Message
from chat.models.question import Hand, Question, Vote
from chat.models.reaction import FACES, Reaction, Star
from chat.models.room import Room, Seat

__all__ = [
    "FACES",
    "Citation",
    "Enclosure",
    "Extract",
    "Hand",
    "Message",
    "Question",
    "Reaction",
    "Room",
    "Seat",
    "Star",
    "Vote",
]
