"""Addresses of vendors and their events."""

from django.urls import URLPattern, URLResolver, path

from sponsors.views import events, vendors

urlpatterns: list[URLPattern | URLResolver] = [
    path("sponsors/", vendors.index, name="index"),
    path("sponsors/<slug:slug>/", vendors.organisation, name="organisation"),
    path("sponsors/<slug:slug>/propose/", vendors.propose, name="propose"),
    path("sponsors/<slug:slug>/describe/", vendors.describe, name="describe"),
    path("sponsors/<slug:slug>/people/", vendors.people, name="representatives"),
    path("sponsors/<slug:slug>/people/<int:number>/", vendors.represent, name="represent"),
    path("sponsors/<slug:organisation>/events/new/", events.new, name="event-new"),
    path("sponsors/<slug:organisation>/events/preview/", events.preview, name="event-preview"),
    path("sponsors/<slug:organisation>/events/<slug:slug>/", events.event, name="event"),
    path("sponsors/<slug:organisation>/events/<slug:slug>/edit/", events.edit, name="event-edit"),
    path("sponsors/<slug:organisation>/events/<slug:slug>/review/", events.review, name="event-review"),
    path("sponsors/<slug:organisation>/events/<slug:slug>/cancel/", events.cancel, name="event-cancel"),
]
