"""Socket addresses: one, for everything."""

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from django.urls import path, re_path

from live.consumers import socket
from live.origin import own_pages_only, refuse

sockets = own_pages_only(
    AuthMiddlewareStack(
        URLRouter([path("ws/", socket), re_path(r"", refuse)]),  # type: ignore[arg-type]  # `path` expects views; Channels passes it applications
    )
)
