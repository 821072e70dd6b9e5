"""Nouns of the talk."""

from forum.models.act import Act
from forum.models.bookmark import Bookmark
from forum.models.category import Category, Colour
from forum.models.draft import Draft, Place
from forum.models.enclosure import Enclosure
from forum.models.follow import Follow
from forum.models.imported import Imported, StandIn
from forum.models.pointer import Pointer
from forum.models.poll import Ballot, Choice, Option, Poll
from forum.models.post import Post
from forum.models.reaction import Reaction
from forum.models.reading import Reading
from forum.models.revision import Revision
from forum.models.tag import Tag, Tagging
from forum.models.tally import Tally
from forum.models.topic import Topic
from forum.models.whisper import Whisper

__all__ = [
    "Act",
    "Ballot",
    "Bookmark",
    "Category",
    "Choice",
    "Colour",
    "Draft",
    "Enclosure",
    "Follow",
    "Imported",
    "Option",
    "Place",
    "Pointer",
    "Poll",
    "Post",
    "Reaction",
    "Reading",
    "Revision",
    "StandIn",
    "Tag",
    "Tagging",
    "Tally",
    "Topic",
    "Whisper",
]
