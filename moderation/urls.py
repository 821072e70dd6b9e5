"""Addresses of moderation."""

from django.urls import URLPattern, URLResolver, path

from moderation.views import cases, decisions, reports

app_name = "moderation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("code-of-conduct/", reports.rules, name="rules"),
    path("moderation/", cases.index, name="queue"),
    path("moderation/mine/", reports.mine, name="mine"),
    path("moderation/report/<slug:kind>/<int:number>/", reports.report, name="report"),
    path("moderation/decisions/<int:number>/", decisions.decision, name="decision"),
    path("moderation/decisions/<int:number>/reverse/", decisions.reverse, name="reverse"),
    path("moderation/<int:number>/", cases.case, name="case"),
    path("moderation/<int:number>/decide/", cases.decide, name="decide"),
]
