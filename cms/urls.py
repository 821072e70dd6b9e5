"""Addresses of cms: pages composed from many floors. Wagtail's own pages answer after them."""

from django.urls import URLPattern, URLResolver, path

from cms.views import groups, home, machines, profiles, search

app_name = "cms"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("members/<str:handle>/", profiles.profile, name="profile"),
    path("search/", search.search, name="search"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.index, name="sitemap"),
    path("sitemap-<slug:name>-<int:block>.xml", machines.part, name="sitemap-part"),
]
