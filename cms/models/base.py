"""What every page type shares."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page
from wagtail.search import index

from live.changes import made_of


class BasePage(Page):
    """An abstract base: Wagtail's swappable page is not worth its price (see docs/decisions)."""

    summary = models.CharField(max_length=300, blank=True, help_text="One or two sentences, for lists and previews")

    search_fields: ClassVar[list[index.BaseField]] = [*Page.search_fields, index.SearchField("summary")]
    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, kept for visitors until an editor changes any."""
        return made_of(super().serve(request, *args, **kwargs))
