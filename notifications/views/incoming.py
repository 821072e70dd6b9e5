"""Mail from a mail server or a provider, over HTTP."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notifications.actions import incoming as actions

SECRET_HEADER = "X-Mail-Secret"  # noqa: S105  (the name of it)


@csrf_exempt  # a server posts here, with a secret instead of a cookie
@require_POST
def incoming(request: HttpRequest) -> JsonResponse:
    """One mail as `message/rfc822` in the body, with the shared secret in `X-Mail-Secret`; closed while none is set."""
    secret = settings.INCOMING_MAIL_SECRET
    if not secret or not constant_time_compare(request.headers.get(SECRET_HEADER, ""), secret):
        return JsonResponse({"error": "This door is closed, or the secret is wrong."}, status=403)
    try:
        row = actions.receive(request.read(actions.LARGEST + 1), timezone.now())
    except actions.TooLarge:
        return JsonResponse({"error": "A mail may have 30 MB at most."}, status=413)
    return JsonResponse({"outcome": row.outcome, "detail": row.detail}, status=202)
