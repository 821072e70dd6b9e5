"""Addresses of groups."""

from django.urls import URLPattern, URLResolver, path

from community.views import claims, directory, manage, members

urlpatterns: list[URLPattern | URLResolver] = [
    path("groups/", directory.directory, name="directory"),
    path("groups/near/", directory.near, name="near"),
    path("groups/claims/", claims.claims, name="claims"),
    path("groups/claims/<int:number>/", claims.settle, name="settle"),
    path("groups/<slug:slug>/members/", members.members, name="members"),
    path("groups/<slug:slug>/log/", members.log, name="log"),
    path("groups/<slug:slug>/join/", members.join, name="join"),
    path("groups/<slug:slug>/leave/", members.leave, name="leave"),
    path("groups/<slug:slug>/volunteer/", members.volunteer, name="volunteer"),
    path("groups/<slug:slug>/manage/", manage.manage, name="manage"),
    path("groups/<slug:slug>/manage/roles/<str:handle>/", manage.role, name="role"),
    path("groups/<slug:slug>/claim/", claims.claim, name="claim"),
]
