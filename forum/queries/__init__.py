"""What is there? One function a page or list, a constant number of queries.

Floors above ask `forum.queries.newest(member, limit=…)`, `newest_unread(…)`, `talk_of(group)`.
"""

from forum.queries.acts import moved_post, with_acts
from forum.queries.lately import newest, newest_unread
from forum.queries.levels import Following, following, of_place, of_tag
from forum.queries.lists import Line, Lines, View, latest, lines, pinned, pinned_everywhere, unread_of
from forum.queries.mine import Mine, Own, mine_in, own_on, part
from forum.queries.pictures import showable
from forum.queries.places import (
    arranged,
    group_feed_categories,
    linkable,
    places,
    talk_of,
    tended,
    topic_count,
    with_waiting,
)
from forum.queries.shared import Rows, topic_as_read, topic_of
from forum.queries.tabs import Tab, tabs
from forum.queries.tags import find_tag, suggested, tag_list
from forum.queries.thread import PER_PAGE, Entry, Page, find, numbers_after, one_post, page_of, post_page
from forum.queries.tree import Tree, path_of, tree_of
from forum.queries.unread import waiting_in

__all__ = [
    "PER_PAGE",
    "Entry",
    "Following",
    "Line",
    "Lines",
    "Mine",
    "Own",
    "Page",
    "Rows",
    "Tab",
    "Tree",
    "View",
    "arranged",
    "find",
    "find_tag",
    "following",
    "group_feed_categories",
    "latest",
    "lines",
    "linkable",
    "mine_in",
    "moved_post",
    "newest",
    "newest_unread",
    "numbers_after",
    "of_place",
    "of_tag",
    "one_post",
    "own_on",
    "page_of",
    "part",
    "path_of",
    "pinned",
    "pinned_everywhere",
    "places",
    "post_page",
    "showable",
    "suggested",
    "tabs",
    "tag_list",
    "talk_of",
    "tended",
    "topic_as_read",
    "topic_count",
    "topic_of",
    "tree_of",
    "unread_of",
    "waiting_in",
    "with_acts",
    "with_waiting",
]
