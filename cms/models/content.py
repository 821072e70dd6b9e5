"""A page of words: about, privacy, code of conduct."""

from typing import ClassVar

from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.models.base import BasePage

FEATURES = ["h2", "h3", "bold", "italic", "link", "document-link", "ol", "ul", "hr", "image"]


class ContentPage(BasePage):
    """Text with headings."""

    body = RichTextField(features=FEATURES)

    template = "cms/content.html"
    search_fields: ClassVar[list[index.BaseField]] = [*BasePage.search_fields, index.SearchField("body")]
    content_panels: ClassVar[list[Panel]] = [*BasePage.content_panels, FieldPanel("body")]
