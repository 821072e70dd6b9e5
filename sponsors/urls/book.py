"""Addresses of the public book and of a group's sponsors."""

from django.urls import URLPattern, URLResolver, path

from sponsors.views import groups, ledger

urlpatterns: list[URLPattern | URLResolver] = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger.csv", ledger.ledger_csv, name="ledger-csv"),
    path("ledger/<int:number>/correct/", ledger.correct, name="correct"),
    path("groups/<slug:slug>/sponsors/", groups.group, name="group"),
    path("groups/<slug:slug>/sponsors/record/", ledger.record, name="record"),
    path("groups/<slug:slug>/sponsors/<int:number>/", groups.settle, name="settle"),
]
