"""News, by editors."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import RichTextField

from cms.models.base import BasePage
from cms.models.content import FEATURES


class NewsIndexPage(BasePage):
    """`/news/`: the newest first."""

    template = "cms/news_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.NewsPage"]


class NewsPage(BasePage):
    """One piece of news."""

    published_on = models.DateField(default=timezone.localdate)
    picture = models.ForeignKey("assets.Picture", models.SET_NULL, null=True, blank=True, related_name="+")
    body = RichTextField(features=FEATURES)

    template = "cms/news.html"
    parent_page_types: ClassVar[list[str]] = ["cms.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
