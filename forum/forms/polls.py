"""A ballot as it comes from a page."""

from collections.abc import Mapping, Sequence

from forum.models import Option, Poll


class Unfit(ValueError):  # noqa: N818  (it says what is wrong)
    """The ballot cannot be read; the words are for the voter."""


def chosen(poll: Poll, options: Sequence[Option], data: Mapping[str, Sequence[str]]) -> list[int]:
    """Keys of the options, best first; empty when the vote is taken back. Raises `Unfit`.

    `data` is what was sent: a list of words by name.
    """
    if "back" in data:
        return []
    by_name = {str(option.pk): option.pk for option in options}
    if poll.kind != Poll.Kind.RANKED:
        picked = [by_name[name] for name in dict.fromkeys(data.get("option", [])) if name in by_name]
        if not picked:
            raise Unfit("Choose first, then vote. Nothing was changed.")
        return picked
    places = {pk: "".join(data.get(f"place-{pk}", [])) for pk in by_name.values()}
    ranked = {pk: int(place) for pk, place in places.items() if place.isascii() and place.isdigit() and len(place) < 3}  # noqa: PLR2004
    if not ranked:
        raise Unfit("Give at least one choice a place, then vote. Nothing was changed.")
    if len(set(ranked.values())) < len(ranked):
        raise Unfit("Two choices have the same place. Give each its own; nothing was changed.")
    return sorted(ranked, key=lambda pk: ranked[pk])
