"""Images and files, as Wagtail and members use them.

Owns:  custom image, rendition and document models.
Uses:  nothing.
Open first: `models.py`.
"""
