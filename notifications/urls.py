"""Addresses of notifications."""

from django.urls import URLPattern, URLResolver, path

from notifications.views import demo, inbox, incoming, preferences, unsubscribe

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox-read"),
    path("inbox/<int:number>/", inbox.open_notice, name="inbox-open"),
    path("inbox/<int:number>/mute/", inbox.mute, name="inbox-mute"),
    path("settings/notices/", preferences.preferences, name="preferences"),
    path("settings/notices/unmute/", preferences.unmute, name="unmute"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("mail/incoming/", incoming.incoming, name="incoming"),
    path("demo/mail/", demo.mails, name="demo-mail"),
    path("demo/mail/<int:number>/", demo.mail, name="demo-mail-one"),
    path("demo/mail/<int:number>/html/", demo.html, name="demo-mail-html"),
]
