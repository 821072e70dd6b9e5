"""Static files (hashed, compressed, served by WhiteNoise) and what members upload."""

from pathlib import Path
from typing import Any

import django_htmx

from config import env

STATIC_URL = "/static/"
STATIC_ROOT = env.VAR_DIR / "static"
STATICFILES_DIRS = [
    env.BASE_DIR / "static",
    # htmx comes from its wheel; nothing of it is kept in this repository.
    ("django_htmx", Path(django_htmx.__file__).parent / "static" / "django_htmx"),
]

MEDIA_ROOT = env.MEDIA_ROOT
MEDIA_URL = env.MEDIA_URL

_media: dict[str, Any] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
if env.MEDIA_BUCKET:
    _media = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": env.MEDIA_BUCKET}}

STORAGES = {
    "default": _media,
    "staticfiles": {"BACKEND": "config.storage.HashedFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Towns and postcodes, built from the install by `manage.py build_gazetteer`, or at first use.
GAZETTEER = env.VAR_DIR / "gazetteer.sqlite3"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
