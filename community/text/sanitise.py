"""The last word on what may stand in a page: a list of elements, attributes and schemes; all else goes."""

import nh3

_INLINE = {"a", "b", "br", "code", "del", "em", "s", "span", "strong"}
_LINE = _INLINE | {"blockquote", "li", "ol", "p", "pre", "ul"}
_FULL = _LINE | {
    *("details", "h3", "h4", "h5", "h6", "hr", "img", "input", "section", "summary", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
_ATTRIBUTES = {
    "a": {"class", "href", "id", "rel", "title"},
    "code": {"class"},
    "details": {"class"},
    "img": {"alt", "decoding", "height", "loading", "src", "title", "width"},
    "input": {"aria-label", "checked", "disabled"},
    "li": {"class", "id"},
    "hr": {"class"},
    "ol": {"class", "start"},
    "section": {"class"},
    "span": {"class"},
    "sup": {"class"},
    "td": {"class"},
    "th": {"class"},
    "ul": {"class"},
}


def _cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        attributes={tag: names for tag, names in _ATTRIBUTES.items() if tag in tags},
        tag_attribute_values={"input": {"type": {"checkbox"}}} if "input" in tags else {},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,  # `shape` says it of links that lead outside
        strip_comments=True,
    )


CLEANERS = {"full": _cleaner(_FULL), "line": _cleaner(_LINE)}
