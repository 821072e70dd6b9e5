"""Taking one's data away."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from community.exports import archive
from community.views.asking import me


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Download or delete."""
    return render(request, "community/settings_data.html")


@login_required
@never_cache
@require_POST
def download(request: HttpRequest) -> FileResponse:
    """All of it, as a ZIP, at once."""
    at = timezone.now()
    name = f"pilot-light-{me(request).handle}-{at:%Y-%m-%d}.zip"
    return FileResponse(
        archive.build(me(request), at), as_attachment=True, filename=name, content_type="application/zip"
    )
