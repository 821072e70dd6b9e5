"""Nouns of chat."""

from chat.models.message import Message
from chat.models.room import Room, Seat

__all__ = ["Message", "Room", "Seat"]
