"""Addresses of meetups: pages for people, and calendars for programs."""

from meetups.urls import calendars, evenings, running

app_name = "meetups"
urlpatterns = [*calendars.urlpatterns, *running.urlpatterns, *evenings.urlpatterns]
