"""Addresses of groups."""

from django.urls import URLPattern, URLResolver, path

from community.views import members

urlpatterns: list[URLPattern | URLResolver] = [
    path("groups/<slug:slug>/members/", members.members, name="members"),
    path("groups/<slug:slug>/log/", members.log, name="log"),
    path("groups/<slug:slug>/join/", members.join, name="join"),
    path("groups/<slug:slug>/leave/", members.leave, name="leave"),
    path("groups/<slug:slug>/volunteer/", members.volunteer, name="volunteer"),
]
