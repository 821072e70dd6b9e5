"""News, by editors."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.models.base import BasePage
from cms.models.content import FEATURES

PER_PAGE = 10


class NewsIndexPage(BasePage):
    """`/news/`: the newest first."""

    template = "cms/news_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.NewsPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A page of what was published, the newest first."""
        published = NewsPage.objects.child_of(self).live().public().order_by("-published_on", "-pk")
        items = Paginator(published, PER_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"items": items}


class NewsPage(BasePage):
    """One piece of news."""

    published_on = models.DateField(default=timezone.localdate)
    picture = models.ForeignKey("assets.Picture", models.SET_NULL, null=True, blank=True, related_name="+")
    body = RichTextField(features=FEATURES)

    template = "cms/news.html"
    search_fields: ClassVar[list[index.BaseField]] = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["cms.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
