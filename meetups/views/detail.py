"""The page of an evening."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.text.excerpt import shorten
from forum.models import Category
from live.changes import made_of
from meetups import holds, policies
from meetups.forms.answers import RequestForm
from meetups.ical import subscribing
from meetups.models import Meetup, Recap, Rsvp
from meetups.queries import evenings, mine, people, proposals, queue, shared
from meetups.text import PARTY_RULE, every, map_url, where
from meetups.views import agendas, for_me, points
from meetups.views.finding import meetup_or_404, reader
from meetups.views.proposals import line_context
from notifications.actions import inbox


@require_safe
def detail(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """The evening; another slug leads to the right one.

    `?part=answers` is what changes with others' answers, `?part=topics` what changes with their votes, `?part=agenda`
    what changes with its slots.
    """
    meetup, known = _found(request, number)
    if slug != (meetup.slug or "-"):
        return redirect(meetup, permanent=True)
    if member := reader(request):
        at = timezone.now()
        inbox.read_subject(member_id=member.pk, subject=f"meetup:{meetup.pk}", at=at)
        if request.GET.get("part") == "answers":
            return render(request, "meetups/parts/answered.html", answer_context(request, meetup, at, known))
    if request.GET.get("part") in {"topics", "agenda"}:
        role = known.role if known else policies.role_of(member, meetup.group)
        if request.GET["part"] == "agenda":
            return _agenda(request, meetup, role)
        return render(request, "meetups/parts/topics.html", _topics(request, meetup, role, known) | {"meetup": meetup})
    return page(request, meetup, known=known)


@dataclass(frozen=True, slots=True)
class Known:
    """What a plain reader is shown without reading the evening again: only role and answer are their own."""

    role: str
    answer: Rsvp | None
    shared: shared.Shared


def _found(request: HttpRequest, number: int) -> tuple[Meetup, Known | None]:
    """The evening as it is kept; read anew for who runs it, and for who answered a moment ago."""
    member, began = reader(request), timezone.now()
    if member is None or member.is_moderator or (kept := shared.of(number)).meetup is None:
        return meetup_or_404(request, number), None
    own = mine.of(kept.meetup, member)
    if kept.read_at < began and (own.role == "organiser" or kept.is_older_than(own.answer)):
        kept = shared.read(number)
    meetup = shared.as_read_by(kept, member, own)
    return (meetup, Known(own.role, own.answer, kept)) if meetup else (meetup_or_404(request, number), None)


def page(
    request: HttpRequest,
    meetup: Meetup,
    *,
    status: int = 200,
    refusal: str = "",
    form: RequestForm | None = None,
    known: Known | None = None,
) -> HttpResponse:
    """The whole page, also with a refusal and what was typed."""
    at = timezone.now()
    context = answer_context(request, meetup, at, known) | {"refusal": refusal, "form": form or RequestForm()}
    role, answer = context["role"], context["evening"].answer
    context |= {
        "agenda": agendas.shown(meetup, role),
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
        context |= _topics(request, meetup, role, known)
    context |= points.shown(request, meetup, role, at) | for_me.shown(request, meetup, at)
    context["recap"] = recap_for(meetup, role)
    response = render(request, "meetups/detail.html", context, status=status)
    turns = meetup.starts_at, meetup.ends_at, meetup.answers_open_at, meetup.answers_close_at
    talk = [f"topic:{meetup.topic_id}"] if meetup.topic_id else []
    return made_of(response, f"meetup:{meetup.pk}", f"evenings:{meetup.group_id}", "sponsors", *talk, turns=turns)


def answer_context(request: HttpRequest, meetup: Meetup, at: datetime, known: Known | None = None) -> dict[str, Any]:
    """The part that changes with an answer: the reader's own, and who else comes."""
    member = reader(request)
    role = known.role if known else policies.role_of(member, meetup.group)
    evening = evenings.answered(meetup, known.answer) if known else evenings.with_answer(meetup, member)
    sees = policies.may_see_attendees(meetup, role, evening.answer)
    if known:
        coming, labels = known.shared.coming if sees else people.Coming(), known.shared.labels
    else:
        coming = people.coming(meetup) if sees and meetup.going_count else people.Coming()
        labels = shared.labels(coming, meetup)
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
        "labels": labels,
        "may_enter_room": bool(policies.may_enter_room(member, meetup, role, evening.answer)),
    }


def _topics(request: HttpRequest, meetup: Meetup, role: str, known: Known | None) -> dict[str, Any]:
    """What members would like to talk about; four queries at most, none where there is nothing."""
    has_topics = known is None or known.shared.has_topics
    topics = proposals.most_wanted(meetup.group, reader(request)) if has_topics else []
    return line_context(request, meetup.group, topics, role) | {"topics": topics}


def _agenda(request: HttpRequest, meetup: Meetup, role: str) -> HttpResponse:
    """The slots alone, as this reader may see them."""
    at = timezone.now()
    context = {"meetup": meetup, "role": role, "is_over": meetup.ends_at <= at, "agenda": agendas.shown(meetup, role)}
    return render(request, "meetups/parts/agenda_evening.html", context | for_me.shown(request, meetup, at))


def recap_for(meetup: Meetup, role: str) -> Recap | None:
    """The recap, where its post may be read and stands in the evening's topic still. No query: it came along."""
    recap: Recap | None = getattr(meetup, "recap", None)
    if recap is None or recap.post is None or recap.post.hidden_at or recap.post.deleted_at:
        return None
    if meetup.topic is None or recap.post.topic_id != meetup.topic_id:
        return None
    audience = meetup.topic.category.visible_to_whom
    is_open = audience == Category.Audience.EVERYONE or role == "organiser"
    recap.post.topic = meetup.topic
    return recap if is_open or (role and audience == Category.Audience.MEMBERS) else None
