"""A floor's addresses are looked through only where one of them begins with the word that is asked for.

Django tries all patterns in turn: two hundred of other floors before it came to `search/`.
"""

from functools import cached_property

from django.urls import Resolver404, include
from django.urls.resolvers import ResolverMatch, RoutePattern, URLPattern, URLResolver

VARIES = "<"
"""Stands for a first word that is not the same for all."""


class FloorResolver(URLResolver):
    """Addresses without a prefix of their own."""

    @cached_property
    def first_words(self) -> set[str]:
        """What they begin with, up to the first slash."""
        return {_first_word(each) for each in self.url_patterns}

    def resolve(self, path: str) -> ResolverMatch:
        """What answers there. Raises `Resolver404`."""
        text = str(path)
        if VARIES not in self.first_words and text.partition("/")[0] not in self.first_words:
            raise Resolver404({"path": text})
        return super().resolve(path)


def _first_word(each: URLPattern | URLResolver) -> str:
    word, slash, _ = str(each.pattern).partition("/")
    is_whole = slash or isinstance(each, URLPattern)  # what is included may go on in the middle of a word
    return word if is_whole and isinstance(each.pattern, RoutePattern) and "<" not in word else VARIES


def floor(module: str) -> FloorResolver:
    """As `path("", include(module))`."""
    found, app_name, namespace = include(module)
    return FloorResolver(RoutePattern("", is_endpoint=False), found, app_name=app_name, namespace=namespace)
