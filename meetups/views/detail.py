"""The page of an evening."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community import registry
from community.models import Member
from community.text.excerpt import shorten
from forum.models import Category
from live.changes import made_of
from meetups import holds, policies
from meetups.forms.answers import RequestForm
from meetups.ical import subscribing
from meetups.models import Meetup, Recap
from meetups.queries import evenings, people, proposals, queue
from meetups.text import PARTY_RULE, every, map_url, where
from meetups.views import for_me, points
from meetups.views.agendas import shown
from meetups.views.finding import meetup_or_404, reader
from meetups.views.proposals import line_context
from notifications.actions import inbox


@require_safe
def detail(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """The evening; another slug leads to the right one.

    `?part=answers` is what changes with others' answers, `?part=topics` what changes with their votes.
    """
    meetup = meetup_or_404(request, number)
    if slug != (meetup.slug or "-"):
        return redirect(meetup, permanent=True)
    if member := reader(request):
        at = timezone.now()
        inbox.read_subject(member_id=member.pk, subject=f"meetup:{meetup.pk}", at=at)
        if request.GET.get("part") == "answers":
            return render(request, "meetups/parts/answered.html", answer_context(request, meetup, at))
    if request.GET.get("part") == "topics":
        context = _topics(request, meetup, policies.role_of(member, meetup.group))
        return render(request, "meetups/parts/topics.html", context | {"meetup": meetup})
    return page(request, meetup)


def page(
    request: HttpRequest, meetup: Meetup, *, status: int = 200, refusal: str = "", form: RequestForm | None = None
) -> HttpResponse:
    """The whole page, also with a refusal and what was typed."""
    at = timezone.now()
    context = answer_context(request, meetup, at) | {"refusal": refusal, "form": form or RequestForm()}
    role, answer = context["role"], context["evening"].answer
    context |= {
        "agenda": shown(meetup, role),
        "map_url": map_url(meetup.venue) if meetup.venue else "",
        "online_url": meetup.online_url if policies.may_see_link(meetup, role, answer) else "",
        "may_run": policies.may_run(reader(request), meetup.group, role),
        "may_change": policies.may_change(reader(request), meetup, at, role),
        "description": shorten(meetup.about, 160),
        "subscribe": subscribing.ways(
            settings.BASE_URL + reverse("meetups:group-ics", args=[meetup.group.slug]), meetup.group.name
        ),
    }
    if not context["is_over"] and meetup.state == Meetup.State.PUBLISHED:
        context |= _topics(request, meetup, role)
    context |= points.shown(request, meetup, role, at) | for_me.shown(request, meetup, at)
    context["recap"] = recap_for(meetup, role)
    response = render(request, "meetups/detail.html", context, status=status)
    turns = meetup.starts_at, meetup.ends_at, meetup.answers_open_at, meetup.answers_close_at
    talk = [f"topic:{meetup.topic_id}"] if meetup.topic_id else []
    return made_of(response, f"meetup:{meetup.pk}", f"evenings:{meetup.group_id}", *talk, turns=turns)


def answer_context(request: HttpRequest, meetup: Meetup, at: datetime) -> dict[str, Any]:
    """The part that changes with an answer: the reader's own, and who else comes."""
    member = reader(request)
    role = policies.role_of(member, meetup.group)
    evening = evenings.with_answer(meetup, member)
    sees = policies.may_see_attendees(meetup, role, evening.answer)
    coming = people.coming(meetup) if sees and meetup.going_count else people.Coming()
    return {
        "meetup": meetup,
        "group": meetup.group,
        "evening": evening,
        "role": role,
        "closed": policies.closed_to(meetup, evening.answer, at),
        "is_over": meetup.ends_at <= at,
        "place": where(meetup.venue, online=bool(meetup.online_url)),
        "party_rule": PARTY_RULE,
        "hold_table": holds.table(),
        "queue": queue.of(meetup, evening.answer, at),
        "series": meetup.series,
        "stands": getattr(meetup, "stands", False),
        "every": every(meetup.series) if meetup.series else "",
        "sees_attendees": sees,
        "coming": coming,
        "labels": _labels(coming, member, meetup),
        "may_enter_room": bool(policies.may_enter_room(member, meetup, role, evening.answer)),
    }


def _topics(request: HttpRequest, meetup: Meetup, role: str) -> dict[str, Any]:
    """What members would like to talk about; four queries at most."""
    topics = proposals.most_wanted(meetup.group, reader(request))
    return line_context(request, meetup.group, topics, role) | {"topics": topics}


def recap_for(meetup: Meetup, role: str) -> Recap | None:
    """The recap, where its post may be read. No query: it came with the meetup."""
    recap: Recap | None = getattr(meetup, "recap", None)
    if recap is None or recap.post is None or meetup.topic is None or recap.post.hidden_at or recap.post.deleted_at:
        return None
    audience = meetup.topic.category.visible_to_whom
    is_open = audience == Category.Audience.EVERYONE or role == "organiser"
    recap.post.topic = meetup.topic
    return recap if is_open or (role and audience == Category.Audience.MEMBERS) else None


def _labels(coming: people.Coming, member: Member | None, meetup: Meetup) -> dict[int, registry.Label]:
    """What must be said beside the names on this page."""
    speakers = {item.speaker_id for item in meetup.agenda_items.all() if item.speaker_id}
    named = {rsvp.member_id for rsvp in coming.named} | speakers
    return registry.labels(named, meetup.group) if named else {}
