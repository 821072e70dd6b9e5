"""Nouns of chat."""

from chat.models.message import Message
from chat.models.reaction import FACES, Reaction, Star
from chat.models.room import Room, Seat

__all__ = ["FACES", "Message", "Reaction", "Room", "Seat", "Star"]
