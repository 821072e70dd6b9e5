"""The front door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.models import HomePage
from cms.queries import home as queries
from cms.queries import news
from cms.views.answering import answering


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """For a visitor a way to a group; for a member what comes next. It stands before editors made its page, too."""
    at = timezone.now()
    page = news.front() or HomePage()
    if request.user.is_authenticated:
        front = queries.welcome_back(request.user, at)
        context = {"page": page, "front": front, "now": at} | answering(front.evening, at)
        return render(request, "cms/home_member.html", context)
    return render(request, "cms/home.html", {"page": page, "front": queries.visit(at), "now": at})
