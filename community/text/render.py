"""One renderer for every text a member writes."""

import hashlib
from collections.abc import Iterable
from typing import Any

from community.text import Rendered, limits, mentions, signs
from community.text import pictures as sent
from community.text.excerpt import excerpt, shorten
from community.text.markdown import PARSERS, Flavour
from community.text.sanitise import CLEANERS
from community.text.shape import contents, rel_of


def render(
    source: str,
    *,
    author: Any = None,
    flavour: Flavour = "full",
    places: signs.Places | None = None,
    pictures: sent.Pictures | None = None,
    hands: Iterable[Any] = (),
) -> Rendered:
    """Render Markdown (GFM) to safe HTML; `@handle` becomes a link and its member is in `mentioned_ids`.

    `#slug` becomes a link where `places` knows it; a picture that was sent here shows where `pictures` knows it.
    One query when somebody is mentioned, one when a place is named.
    `author` may name themselves without being told; links are trusted where all the other `hands` in it are, too.
    Raises `limits.TooLong` beyond 60 kB.
    """
    source = source.replace("\x00", "\ufffd")
    limits.check_size(source)
    if limits.is_crowded(source):
        return Rendered(limits.as_typed(source), (), shorten(source))
    parser = PARSERS[flavour]
    # Footnotes are numbered by text, so that two posts on one page do not share anchors.
    doc = hashlib.blake2s(source.encode(), digest_size=4).hexdigest()
    env: dict[str, Any] = {"docId": doc, "rel": rel_of(author, *hands)}
    tokens = parser.parse(source, env)
    env["members"] = mentions.present_among(tokens)
    keys = sent.settle(tokens, pictures)
    env["places"] = signs.places_among(tokens, places)
    html = CLEANERS[flavour].clean(parser.renderer.render(tokens, parser.options, env))
    own = getattr(author, "pk", None)
    mentioned = tuple(sorted(pk for pk, _ in env["members"].values() if pk != own))
    link_count, picture_count = contents(tokens)
    return Rendered(html, mentioned, excerpt(tokens), link_count, picture_count, keys)
