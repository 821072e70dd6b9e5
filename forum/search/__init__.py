"""Search in the talk: newest matches first, then by how well they fit; never what the reader may not see."""

from forum.search.topics import Hit, topics

__all__ = ["Hit", "topics"]
