"""Addresses of an evening, for those who come."""

from django.urls import URLPattern, URLResolver, path

from meetups.views import agendas, answers, codes, detail, group, offers, standing, talk

EVENING = "meetups/<int:number>/<str:slug>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(EVENING, detail.detail, name="detail"),
    path(f"{EVENING}rsvp/", answers.rsvp, name="rsvp"),
    path(f"{EVENING}rsvp/confirm/<str:token>/", answers.confirm, name="request-confirm"),
    path(f"{EVENING}rsvp/code/", codes.mine, name="door-code"),
    path(f"{EVENING}rsvp/offer/<str:token>/", offers.offer, name="offer"),
    path(f"{EVENING}agenda/", agendas.agenda, name="agenda"),
    path(f"{EVENING}chat/", talk.chat, name="chat"),
    path(f"{EVENING}talk/", talk.talk, name="talk"),
    path("groups/<slug:slug>/meetups/", group.meetups, name="group"),
    path("groups/<slug:slug>/meetups/series/<int:number>/every-time/", standing.standing, name="standing"),
    path("groups/<slug:slug>/meetups/invite/", group.invite, name="invite"),
]
