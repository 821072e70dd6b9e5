"""The front door."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, Panel

from cms.models.base import BasePage


class HomePage(BasePage):
    """`/`: for a visitor a field to find a group, for a member what comes next."""

    headline = models.CharField(max_length=120, default="One evening a month with people who run a business like yours")

    max_count = 1
    template = "cms/home.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels: ClassVar[list[Panel]] = [*BasePage.content_panels, FieldPanel("headline")]
