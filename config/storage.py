"""Static files with the hash of what they hold in their name."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

_, IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns  # noqa: SLF001  (Django's own)


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Our modules too: `import "./toast.js";` gets the hashed name, so that a page never mixes two versions.

    Only in our own folders: libraries' files mention modules that they do not bring.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((f"{folder}/*.js", IMPORTS) for folder in ["site", *settings.FLOORS]),
    )

    def post_process_with_compression(self, files: Any) -> Iterator[Any]:
        """Compress too, but for the demo: brotli at its best takes a minute over the back office's files."""
        yield from files if settings.DEMO else super().post_process_with_compression(files)
