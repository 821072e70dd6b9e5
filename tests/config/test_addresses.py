"""A floor's addresses are found as Django finds them, and others are not looked for in it."""

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, include, path, re_path
from django.urls.resolvers import RoutePattern

from config.addresses import FloorResolver, floor

FLOORS = {
    "community": "groups/",
    "notifications": "inbox/",
    "moderation": "code-of-conduct/",
    "sponsors": "sponsors/",
    "forum": "forum/",
    "chat": "chat/3/",
    "meetups": "meetups/",
    "cms": "search/",
}
"""An address of each."""
OTHERS = ("", "search", "groups/leeds/meetups/", "forum/t/12/a/3/", "sitemap-topics-2.xml", "members/ada/", "no/such/")


def found(resolver: URLResolver, address: str) -> tuple[str, object, str] | None:
    try:
        match = resolver.resolve(address)
    except Resolver404:
        return None
    return match.view_name, match.kwargs, match.route


@pytest.mark.parametrize("name", FLOORS)
def test_a_floor_answers_as_django_does(name: str) -> None:
    plain, ours = path("", include(f"{name}.urls")), floor(f"{name}.urls")
    assert isinstance(plain, URLResolver)
    asked = (*FLOORS.values(), *OTHERS)
    assert [found(ours, each) for each in asked] == [found(plain, each) for each in asked]
    assert found(ours, FLOORS[name])


def test_what_begins_otherwise_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(URLResolver, "resolve", lambda _self, address: tried.append(address))
    resolver = FloorResolver(RoutePattern(""), [path("forum/<int:pk>/", print), path("new/", print)])
    with pytest.raises(Resolver404):
        resolver.resolve("search/")
    resolver.resolve("forum/1/")
    assert tried == ["forum/1/"]


@pytest.mark.parametrize(
    "pattern",
    [
        path("<slug:name>/", print, name="any"),
        path("se<slug:name>/", print, name="any"),
        re_path("^search/$", print, name="any"),
        path("", include([path("search/", print, name="any")])),
        path("sea", include([path("rch/", print, name="any")])),
    ],
    ids=str,
)
def test_a_first_word_that_varies_is_always_looked_for(pattern: URLPattern | URLResolver) -> None:
    assert FloorResolver(RoutePattern(""), [path("forum/", print), pattern]).resolve("search/").url_name == "any"
