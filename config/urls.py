"""What answers where; each floor keeps its own addresses."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import health
from config.addresses import floor
from config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("api/v1/", api.urls),
    path("account/", include("allauth.urls")),
    # Wagtail's own sign-in knows neither our limits nor the second factor.
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    floor("community.urls"),
    floor("notifications.urls"),
    floor("moderation.urls"),
    floor("sponsors.urls"),
    floor("forum.urls"),
    floor("chat.urls"),
    floor("meetups.urls"),
    floor("cms.urls"),
    path("", include(wagtail_urls)),
]
