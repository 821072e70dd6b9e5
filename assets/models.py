"""Pictures and files, with our own models from the first migration so that fields can be added later."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """A picture; `description` holds the words for those who cannot see it."""

    admin_form_fields = Image.admin_form_fields


class Rendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"),
        ]


class File(AbstractDocument):
    """A file to download."""

    admin_form_fields = Document.admin_form_fields
