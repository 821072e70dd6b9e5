"""Addresses of an evening, for those who come."""

from django.urls import URLPattern, URLResolver, path

from meetups.views import (
    agendas,
    answers,
    by_mail,
    codes,
    detail,
    for_me,
    group,
    offers,
    points,
    proposals,
    questions,
    slots,
    standing,
    talk,
)

EVENING = "meetups/<int:number>/<str:slug>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(EVENING, detail.detail, name="detail"),
    path(f"{EVENING}rsvp/", answers.rsvp, name="rsvp"),
    path(f"{EVENING}rsvp/confirm/<str:token>/", answers.confirm, name="request-confirm"),
    path(f"{EVENING}rsvp/code/", codes.mine, name="door-code"),
    path(f"{EVENING}rsvp/offer/<str:token>/", offers.offer, name="offer"),
    path(f"{EVENING}rsvp/by-mail/<str:token>/", by_mail.answer, name="by-mail"),
    path(f"{EVENING}rsvp/questions/", questions.replies, name="replies"),
    path(f"{EVENING}agenda/", agendas.agenda, name="agenda"),
    path(f"{EVENING}agenda/<int:item_number>/claim/", slots.claim, name="slot-claim"),
    path(f"{EVENING}agenda/<int:item_number>/for-me/", for_me.for_me, name="for-me"),
    path(f"{EVENING}left-open/", points.points, name="points"),
    path(f"{EVENING}left-open/<int:point_number>/", points.point, name="point"),
    path(f"{EVENING}chat/", talk.chat, name="chat"),
    path(f"{EVENING}talk/", talk.talk, name="talk"),
    path("groups/<slug:slug>/meetups/", group.meetups, name="group"),
    path("groups/<slug:slug>/meetups/series/<int:number>/every-time/", standing.standing, name="standing"),
    path("groups/<slug:slug>/meetups/invite/", group.invite, name="invite"),
    path("groups/<slug:slug>/proposals/", proposals.proposals, name="proposals"),
    path("groups/<slug:slug>/proposals/<int:number>/", proposals.change, name="proposal"),
    path("groups/<slug:slug>/proposals/<int:number>/vote/", proposals.vote, name="proposal-vote"),
    path("groups/<slug:slug>/proposals/<int:number>/withdraw/", proposals.withdraw, name="proposal-withdraw"),
]
