"""Addresses of cms: pages composed from many floors. Wagtail's own pages answer after them."""

from django.urls import URLPattern, URLResolver, path

from cms.views import groups, home, profiles, search

app_name = "cms"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("members/<str:handle>/", profiles.profile, name="profile"),
    path("search/", search.search, name="search"),
]
