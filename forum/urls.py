"""Addresses of forum."""

from django.urls import URLPattern, URLResolver, path

from forum import feeds
from forum.views import (
    drafts,
    history,
    keep,
    lists,
    new,
    own,
    pictures,
    places,
    preview,
    put_back,
    reply,
    solve,
    topic,
    wiki,
)

RSS, ATOM = {"kind": "rss"}, {"kind": "atom"}

app_name = "forum"
urlpatterns: list[URLPattern | URLResolver] = [
    path("forum/", lists.index, name="index"),
    path("forum/latest.rss", feeds.latest, RSS, name="latest-rss"),
    path("forum/latest.atom", feeds.latest, ATOM, name="latest-atom"),
    path("forum/new/", new.new, name="new"),
    path("forum/pictures/", pictures.send, name="picture-send"),
    path("forum/pictures/<str:key>", pictures.show, name="picture"),
    path("forum/new/template/<int:pk>/", places.template, name="template"),
    path("forum/places/", places.places, name="site-places"),
    path("forum/places/<int:pk>/", places.place, name="place"),
    path("forum/places/<int:pk>/order/", places.order, name="place-order"),
    path("forum/places/<int:pk>/retire/", places.retire, name="place-retire"),
    path("forum/places/<int:pk>/delete/", places.delete, name="place-delete"),
    path("forum/drafts/", drafts.index, name="drafts"),
    path("forum/drafts/save/", drafts.save, name="draft-save"),
    path("forum/drafts/<int:pk>/discard/", drafts.discard, name="draft-discard"),
    path("forum/preview/", preview.preview, name="preview"),
    path("forum/read/", keep.read_all, name="read-all"),
    path("forum/c/<slug:slug>/", lists.category, name="category"),
    path("forum/c/<slug:slug>/feed.rss", feeds.category, RSS, name="category-rss"),
    path("forum/c/<slug:slug>/feed.atom", feeds.category, ATOM, name="category-atom"),
    path("forum/t/<int:pk>/<str:slug>/", topic.topic, name="topic"),
    path("forum/t/<int:pk>/<str:slug>/<int:number>", topic.post, name="post"),
    path("forum/t/<int:pk>/<str:slug>/feed.rss", feeds.topic, RSS, name="topic-rss"),
    path("forum/t/<int:pk>/<str:slug>/feed.atom", feeds.topic, ATOM, name="topic-atom"),
    path("forum/reply/<int:pk>/", reply.reply, name="reply"),
    path("forum/close/<int:pk>/", keep.close, name="close"),
    path("forum/pin/<int:pk>/", keep.pin, name="pin"),
    path("forum/solve/<int:pk>/", solve.solve, name="solve"),
    path("forum/follow/<int:pk>/", keep.follow, name="follow"),
    path("forum/edit/<int:pk>/", own.edit, name="edit"),
    path("forum/wiki/<int:pk>/", wiki.wiki, name="wiki"),
    path("forum/history/<int:pk>/", history.history, name="history"),
    path("forum/put-back/<int:pk>/", put_back.put_back, name="put-back"),
    path("forum/remove/<int:pk>/", own.remove, name="remove"),
    path("groups/<slug:slug>/forum/", lists.group, name="group"),
    path("groups/<slug:slug>/forum/places/", places.places, name="places"),
    path("groups/<slug:slug>/feed.rss", feeds.group, RSS, name="group-rss"),
    path("groups/<slug:slug>/feed.atom", feeds.group, ATOM, name="group-atom"),
]
