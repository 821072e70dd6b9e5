"""Addresses of calendars: feeds, and the joined list."""

from django.urls import URLPattern, URLResolver, path

from meetups.feeds import events, groups, own
from meetups.views import calendars, own_calendar, programmes, subjects

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetups/", calendars.index, name="index"),
    path("meetups/programmes/", programmes.programmes, name="programmes"),
    path("meetups/programmes/<int:number>/remove/", programmes.remove, name="programme-remove"),
    path("meetups/subjects/", subjects.subjects, name="subjects"),
    path("meetups/subjects/<int:number>/", subjects.subject, name="subject"),
    path("meetups/calendar.ics", groups.all_meetups, name="all-ics"),
    path("meetups/<int:number>/<str:slug>/event.ics", events.meetup, name="event-ics"),
    path("groups/<slug:slug>/calendar.ics", groups.one, name="group-ics"),
    path("sponsors/<slug:organisation>/events/<slug:slug>/event.ics", events.vendor_event, name="vendor-event-ics"),
    path("calendar/<str:secret>.ics", own.feed, name="feed-ics"),
    path("settings/calendar/", own_calendar.settings, name="settings-calendar"),
    path("settings/calendar/new/", own_calendar.rotate, name="settings-calendar-new"),
    path("settings/calendar/end/", own_calendar.revoke, name="settings-calendar-end"),
]
