"""WSGI entry point: pages (granian in production)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_wsgi_application()

from django.urls import reverse  # noqa: E402  (needs the settings)

from config import litter  # noqa: E402  (the same)
from config.front.wsgi import Front  # noqa: E402  (needs the settings)
from config.settings.live import KEEP_PAGES, REDIS_URL  # noqa: E402  (the same)

reverse("meetups:index")  # all addresses, and the views behind them, are read before the first visitor comes
litter.settle()

# Several processes, as WSGI servers run them, hear of one another's changes through Redis only.
application = Front(pages) if KEEP_PAGES and REDIS_URL else pages
