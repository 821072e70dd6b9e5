"""Addresses of notifications."""

from django.urls import URLPattern, URLResolver, path

from notifications.views import unsubscribe

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = [
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
]
