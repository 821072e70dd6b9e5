"""Addresses of community: people and groups."""

from community.urls import groups, people

app_name = "community"
urlpatterns = [*people.urlpatterns, *groups.urlpatterns]
