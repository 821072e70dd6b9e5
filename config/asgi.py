"""ASGI entry point: pages and sockets in one process (daphne), or sockets alone (uvicorn)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402  (needs the apps to be ready)
from django.urls import reverse  # noqa: E402  (the same)

from config import due, litter  # noqa: E402  (the same)
from config.front.asgi import Front  # noqa: E402  (the same)
from config.settings.live import KEEP_PAGES  # noqa: E402  (the same)
from live.routing import sockets  # noqa: E402  (the same)

reverse("meetups:index")  # all addresses, and the views behind them, are read before the first visitor comes
litter.settle()
application = ProtocolTypeRouter({"http": Front(pages) if KEEP_PAGES else pages, "websocket": sockets})
due.start_in_process()
