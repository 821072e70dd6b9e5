"""Addresses of calendars: feeds, and the joined list."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
