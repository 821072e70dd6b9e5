"""What is there? One function a page or list, a constant number of queries.

Floors above ask `forum.queries.latest(member, limit=…)`, `unread_of(…)`, `talk_of(group)`.
"""

from forum.queries.lists import Line, Lines, latest, lines, pinned, unread_of
from forum.queries.places import group_feed_categories, places, talk_of
from forum.queries.thread import Entry, Page, find, page_of, post_page

__all__ = [
    "Entry",
    "Line",
    "Lines",
    "Page",
    "find",
    "group_feed_categories",
    "latest",
    "lines",
    "page_of",
    "pinned",
    "places",
    "post_page",
    "talk_of",
    "unread_of",
]
