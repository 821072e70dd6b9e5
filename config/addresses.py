"""A floor's addresses are looked through only where one of them begins with the word that is asked for.

Django tries all patterns in turn: two hundred of other floors before it came to `search/`.
"""

from functools import cached_property

from django.urls import Resolver404, include
from django.urls.resolvers import ResolverMatch, RoutePattern, URLResolver


class FloorResolver(URLResolver):
    """Addresses without a prefix of their own."""

    @cached_property
    def first_words(self) -> set[str]:
        """What they begin with, up to the first slash; a word that is not the same for all stands as "<"."""
        words = {str(each.pattern).partition("/")[0] for each in self.url_patterns}
        return {"<" if "<" in word else word for word in words}

    def resolve(self, path: str) -> ResolverMatch:
        """What answers there. Raises `Resolver404`."""
        text = str(path)
        if "<" not in self.first_words and text.partition("/")[0] not in self.first_words:
            raise Resolver404({"path": text})
        return super().resolve(path)


def floor(module: str) -> FloorResolver:
    """As `path("", include(module))`."""
    found, app_name, namespace = include(module)
    return FloorResolver(RoutePattern("", is_endpoint=False), found, app_name=app_name, namespace=namespace)
