"""The pages of the demo site by name: what is photographed and what is checked for access."""

import json
from dataclasses import dataclass

from tests.services.site import Site

ROLES = ("visitor", "member", "newcomer", "organiser", "moderator", "vendor", "editor", "admin")
EVERYONE = ROLES
SIGNED_IN = ROLES[1:]
LEEDS = "/groups/leeds-it-providers/"

FIND = """
import json
from django.utils import timezone
from chat.models import Room
from cms.models import NewsPage
from community.models import Group, Member
from forum.models import Category, Poll, Post, Topic
from meetups.models import Meetup, Series
from moderation.models import Report
from sponsors.models import VendorEvent
leeds = Group.objects.get(slug="leeds-it-providers")
topics = Topic.objects.filter(category__group=leeds, hidden_at=None, deleted_at=None).order_by("-post_count", "pk")
now = timezone.now()
meetups = Meetup.objects.filter(group=leeds, state="published")
event = VendorEvent.objects.select_related("organisation").order_by("pk")[0]
print("FOUND " + json.dumps({
    "meetup": meetups.filter(ends_at__gt=now).order_by("starts_at")[0].get_absolute_url(),
    "past": meetups.filter(ends_at__lte=now).order_by("-starts_at")[0].get_absolute_url(),
    "topic": topics[0].get_absolute_url(),
    "poll": Poll.objects.order_by("pk")[0].post.topic.get_absolute_url(),
    "poll_number": Poll.objects.order_by("pk")[0].pk,
    "topic_number": topics[0].pk,
    "place": Category.objects.filter(group=leeds).order_by("-position")[0].pk,
    "category": Category.objects.filter(group=leeds).order_by("pk")[0].slug,
    "room": Room.objects.get(group=leeds, is_main=True).pk,
    "post": topics[0].posts.order_by("pk")[0].pk,
    "changed": Post.objects.visible_to(None).exclude(edited_at=None).order_by("pk")[0].pk,
    "case": getattr(Report.objects.order_by("pk").first(), "pk", 1),
    "event": f"/sponsors/{event.organisation.slug}/events/{event.slug}/",
    "news": NewsPage.objects.live().order_by("pk")[0].get_url_parts()[2],
    "series": Series.objects.filter(group=leeds).order_by("pk")[0].pk,
    "handle": Member.objects.get(email="organiser@demo.example").handle,
}))
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: its name, its address (words in braces are looked up) and who sees it."""

    name: str
    address: str
    roles: tuple[str, ...]


def _rows(*roles: str, **addresses: str) -> list[Shown]:
    return [Shown(name.replace("_", "-"), address, roles) for name, address in addresses.items()]


PAGES = [
    *_rows(*EVERYONE, home="/", group=LEEDS, meetup="{meetup}", topic="{topic}"),
    *_rows(
        "visitor",
        "member",
        directory="/groups/",
        near="/groups/near/?q=LS1",
        near_nothing="/groups/near/?q=Xyzzy",
        members=f"{LEEDS}members/",
        meetups="/meetups/",
        month="/meetups/?view=month",
        meetups_near="/meetups/?q=Leeds&km=40",
        group_meetups=f"{LEEDS}meetups/",
        past_meetup="{past}",
        forum="/forum/",
        tags="/forum/tags/",
        tag="/forum/tags/backup/",
        forum_top="/forum/?view=top&span=year",
        category="/forum/c/{category}/",
        history="/forum/history/{changed}/",
        group_forum=f"{LEEDS}forum/",
        sponsors="/sponsors/",
        organisation="/sponsors/acme-backup/",
        group_sponsors=f"{LEEDS}sponsors/",
        event="{event}",
        ledger="/ledger/",
        news="/news/",
        news_page="{news}",
        search="/search/?q=backup",
        search_nothing="/search/?q=xyzzy",
        search_narrowed="/search/?q=backup+is:solved+size:big",
        profile="/members/{handle}/",
        trust="/trust/",
        start="/groups/new/",
        rules="/code-of-conduct/",
        log=f"{LEEDS}log/",
        error_404="/no-such-page/",
    ),
    *_rows(
        "visitor",
        login="/account/login/",
        signup="/account/signup/",
        login_code="/account/login/code/",
        password_reset="/account/password/reset/",
    ),
    *_rows("member", "organiser", "moderator", room="/chat/{room}/"),
    *_rows(
        "member",
        "organiser",
        message="/chat/{room}/1/",
        kept="/chat/starred/",
        asked="/chat/asked/",
        extract="/chat/{room}/topic/",
        questions="/chat/{room}/questions/",
        room_search="/chat/{room}/search/?q=gate",
    ),
    *_rows("member", "newcomer", "organiser", "vendor", inbox="/inbox/", settings="/settings/"),
    *_rows(
        "member",
        new_topic="/forum/new/",
        poll="{poll}",
        voted="/forum/votes/{poll_number}/",
        reacted="/forum/reactions/{post}/",
        reply="/forum/reply/{topic_number}/",
        drafts="/forum/drafts/",
        bookmarks="/forum/bookmarks/",
        bookmark="/forum/bookmarks/{post}/",
        report="/moderation/report/post/{post}/",
        reports_mine="/moderation/mine/",
        claim=f"{LEEDS}claim/",
        door_code="{meetup}rsvp/code/",
        proposals=f"{LEEDS}proposals/",
        join="/groups/glasgow-tech-peers/join/",
        leave=f"{LEEDS}leave/",
        settings_profile="/settings/profile/",
        settings_handle="/settings/handle/",
        settings_notices="/settings/notices/",
        settings_calendar="/settings/calendar/",
        settings_affiliations="/settings/affiliations/",
        settings_blocks="/settings/blocks/",
        settings_data="/settings/data/",
        account_email="/account/email/",
        account_password="/account/password/change/",
        account_devices="/account/sessions/",
        account_keys="/account/2fa/",
        error_403=f"{LEEDS}manage/",
    ),
    *_rows(
        "organiser",
        manage=f"{LEEDS}manage/",
        whisper="/forum/whisper/{topic_number}/",
        room_care="/chat/{room}/care/",
        room_open=f"{LEEDS}chat/new/",
        plan=f"{LEEDS}meetups/plan/",
        new_meetup=f"{LEEDS}meetups/new/",
        venues=f"{LEEDS}venues/",
        places=f"{LEEDS}forum/places/",
        tend="/forum/tend/{topic_number}/",
        split="/forum/tend/{topic_number}/split/",
        place="/forum/places/{place}/",
        invite=f"{LEEDS}meetups/invite/",
        agenda="{meetup}agenda/",
        recap="{past}recap/",
        questions="{meetup}questions/",
        product_time=f"{LEEDS}meetups/product-time/",
        edit_meetup="{meetup}edit/",
        cancel_meetup="{meetup}cancel/",
        series_change=f"{LEEDS}meetups/series/{{series}}/",
        series_cancel=f"{LEEDS}meetups/series/{{series}}/cancel/",
        announce="{meetup}write/",
        import_meetups=f"{LEEDS}meetups/import/",
        reminders=f"{LEEDS}meetups/reminders/",
        check_in="{past}check-in/",
        record=f"{LEEDS}sponsors/record/",
        event_review="{event}review/",
    ),
    *_rows("moderator", member_trust="/members/{handle}/trust/"),
    *_rows("organiser", "moderator", queue="/moderation/", case="/moderation/{case}/"),
    *_rows(
        "vendor",
        organisation="/sponsors/acme-backup/",
        event="{event}",
        event_edit="{event}edit/",
        event_new="/sponsors/acme-backup/events/new/",
        propose="/sponsors/acme-backup/propose/",
        describe="/sponsors/acme-backup/describe/",
        representatives="/sponsors/acme-backup/people/",
    ),
    *_rows("moderator", "admin", claims="/groups/claims/"),
    *_rows("editor", "admin", cms="/cms/", programmes="/meetups/programmes/", subjects="/meetups/subjects/"),
]


def addresses(site: Site) -> dict[str, str | int]:
    """What the words in braces stand for in this demo world."""
    printed = site.manage("shell", "--no-imports", "-c", FIND)
    line = next(line for line in printed.splitlines() if line.startswith("FOUND "))
    found: dict[str, str | int] = json.loads(line.removeprefix("FOUND "))
    return found
