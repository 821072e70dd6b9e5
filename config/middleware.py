"""Middleware of the site as a whole."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy everywhere, a looser one under `/cms/` (Wagtail writes inline styles and scripts there)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Choose the policy by address, then let django-csp write the header."""
        if request.path.startswith("/cms/") and not hasattr(response, "_csp_replace"):
            setattr(response, "_csp_replace", settings.CMS_CONTENT_SECURITY_POLICY["DIRECTIVES"])  # noqa: B010  (django-csp's door)
        return super().process_response(request, response)
