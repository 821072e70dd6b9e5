"""The front door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.models import HomePage
from cms.queries import home as queries
from cms.queries import news
from cms.views.answering import answering
from live.changes import made_of


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """For a visitor a way to a group; for a member what comes next. It stands before editors made its page, too."""
    at = timezone.now()
    page = news.front() or HomePage()
    if request.user.is_authenticated:
        back = queries.welcome_back(request.user, at)
        context = {"page": page, "front": back, "now": at} | answering(back.evening, at)
        return render(request, "cms/home_member.html", context)
    front = queries.visit(at)
    response = render(request, "cms/home.html", {"page": page, "front": front, "now": at})
    turns = [each.starts_at for each in front.coming] + [each.next_meetup_at for each in front.groups]
    return made_of(response, "forum", "meetups", "groups", turns=turns)
