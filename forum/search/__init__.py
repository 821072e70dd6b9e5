"""Search in the talk: newest matches first, then by how well they fit; never what the reader may not see."""

from forum.search.question import FILTERS, Question, parse
from forum.search.topics import Found, Hit, find

__all__ = ["FILTERS", "Found", "Hit", "Question", "find", "parse"]
