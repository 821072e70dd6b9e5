"""Addresses of chat."""

from django.urls import URLPattern, URLResolver, path

from chat.views import care, extracts, marks, messages, pictures, questions, rooms

app_name = "chat"
urlpatterns: list[URLPattern | URLResolver] = [
    path("chat/<int:pk>/", rooms.room, name="room"),
    path("chat/<int:pk>/say/", messages.say, name="say"),
    path("chat/<int:pk>/search/", rooms.search, name="search"),
    path("chat/<int:pk>/after/", rooms.after, name="after"),
    path("chat/pictures/<str:key>", pictures.show, name="picture"),
    path("chat/asked/", extracts.asked, name="asked"),
    path("chat/asked/<int:number>/", extracts.answer, name="agree"),
    path("chat/<int:pk>/topic/", extracts.make, name="extract"),
    path("chat/<int:pk>/care/keep/", care.keep, name="keep"),
    path("chat/starred/", marks.starred, name="starred"),
    path("chat/<int:pk>/<int:seq>/", marks.message, name="message"),
    path("chat/<int:pk>/<int:seq>/react/", marks.react, name="react"),
    path("chat/<int:pk>/<int:seq>/pin/", marks.pin, name="pin"),
    path("chat/<int:pk>/<int:seq>/star/", marks.star, name="star"),
    path("chat/<int:pk>/<int:seq>/edit/", messages.edit, name="edit"),
    path("chat/<int:pk>/<int:seq>/remove/", messages.remove, name="remove"),
    path("chat/<int:pk>/questions/", questions.page, name="questions"),
    path("chat/<int:pk>/questions/ask/", questions.ask, name="ask"),
    path("chat/<int:pk>/questions/hand/", questions.hand, name="hand"),
    path("chat/<int:pk>/questions/asking/", questions.asking, name="asking"),
    path("chat/<int:pk>/questions/<int:number>/", questions.change, name="question"),
    path("chat/<int:pk>/care/", care.page, name="care"),
    path("chat/<int:pk>/care/pace/", care.pace, name="pace"),
    path("chat/<int:pk>/care/hours/", care.hours, name="hours"),
    path("chat/<int:pk>/care/silence/", care.silence, name="silence"),
    path("chat/<int:pk>/care/heard/<int:member>/", care.heard, name="heard"),
    path("chat/<int:pk>/care/close/", care.close, name="close"),
    path("groups/<slug:slug>/chat/new/", care.open_room, name="open"),
    path("groups/<slug:slug>/chat/", rooms.group, name="group"),
]
