"""Addresses of chat."""

from django.urls import URLPattern, URLResolver, path

from chat.views import messages, rooms

app_name = "chat"
urlpatterns: list[URLPattern | URLResolver] = [
    path("chat/<int:pk>/", rooms.room, name="room"),
    path("chat/<int:pk>/say/", messages.say, name="say"),
    path("chat/<int:pk>/after/", rooms.after, name="after"),
    path("chat/<int:pk>/<int:seq>/edit/", messages.edit, name="edit"),
    path("chat/<int:pk>/<int:seq>/remove/", messages.remove, name="remove"),
    path("groups/<slug:slug>/chat/", rooms.group, name="group"),
]
