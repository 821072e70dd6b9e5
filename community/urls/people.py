"""Addresses of people."""

from django.urls import URLPattern, URLResolver, path

from community.views import accounts, affiliations, blocks, departure, export, profile, trust

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/", profile.settings, name="settings"),
    path("settings/profile/", profile.edit, name="settings-profile"),
    path("settings/handle/", accounts.handle, name="handle"),
    path("settings/affiliations/", affiliations.index, name="settings-affiliations"),
    path("settings/affiliations/<int:number>/end/", affiliations.end, name="affiliation-end"),
    path("settings/blocks/", blocks.index, name="settings-blocks"),
    path("settings/data/", export.index, name="settings-data"),
    path("settings/data/download/", export.download, name="settings-data-download"),
    path("settings/data/delete/", departure.delete, name="settings-delete"),
    path("trust/", trust.levels, name="trust"),
    path("members/<str:handle>/trust/", trust.member, name="member-trust"),
    path("members/<str:handle>/block/", blocks.block, name="block"),
    path("members/<str:handle>/unblock/", blocks.unblock, name="unblock"),
]
