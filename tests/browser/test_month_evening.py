"""The month, second and third week: a full evening, talk, a mention by mail, chat over a lost line."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import link_in
from tests.services.site import Site

pytestmark = pytest.mark.browser


def answer(page: Page, state: str) -> None:
    page.locator(f"#rsvp button[value={state}]").first.click()


def full_evening(page: Page) -> str:
    """The next Bristol evening: full, with people waiting."""
    page.goto("/groups/bristol-msp-evening/")
    page.get_by_role("main").get_by_role("link", name="Bristol evening").first.click()
    return page.url


def test_when_someone_leaves_the_first_in_line_moves_up_and_is_told(
    visit: Callable[..., Page], demo: Site, letters: Callable[[str], list[str]]
) -> None:
    page = visit("member")
    evening = full_evening(page)
    expect(page.locator("#rsvp")).to_contain_text(re.compile("waiting list"))
    place = page.locator("#rsvp").inner_text()
    before = letters("member@demo.example")
    # Everybody ahead in the queue drops out, then so many who are going that one seat is free.
    demo.manage("shell", "-v0", "-c", LEAVE.format(number=re.search(r"/meetups/(\d+)/", evening)[1]))
    # The mail first: what has been seen on the site is not mailed any more.
    told = letters("member@demo.example")[len(before) :]
    assert sum("Bristol evening" in letter for letter in told) == 1
    assert "waiting list" in place
    page.reload()
    take = page.locator("#rsvp").get_by_role("button", name=re.compile("^Take "))
    if take.count():  # it is less than three days to this evening: the seat is held, or first come
        take.click()
    expect(page.locator("#rsvp")).to_contain_text("You are going")
    page.goto("/inbox/")
    expect(page.get_by_role("main")).to_contain_text("Bristol evening")


LEAVE = """
from django.utils import timezone
from meetups.actions import rsvps
from meetups.models import Meetup, Rsvp
meetup = Meetup.objects.get(pk={number})
mine = Rsvp.objects.get(meetup=meetup, member__email="member@demo.example")
ahead = Rsvp.objects.waiting().filter(meetup=meetup, queue_number__lt=mine.queue_number)
going = Rsvp.objects.going().filter(meetup=meetup).select_related("member")
excess = meetup.seats_taken - meetup.capacity + 1
for rsvp in [*ahead.select_related("member"), *going[:excess]]:
    rsvps.answer(member=rsvp.member, meetup=meetup, state="declined", at=timezone.now())
"""


def test_a_topic_a_reply_a_mention_a_mail_and_its_end(
    visit: Callable[..., Page], letters: Callable[[str], list[str]]
) -> None:
    member = visit("member")
    member.goto("/groups/leeds-it-providers/forum/")
    member.get_by_role("link", name="Start a topic").first.click()
    member.get_by_label("Title").fill("Which labels for patch leads?")
    member.locator("textarea[name=body]").fill("The **printed** ones fall off.\n\n- flags\n- wraps")
    member.get_by_role("button", name="Post the topic").click()
    expect(member.get_by_role("heading", name="Which labels for patch leads?")).to_be_visible()
    expect(member.locator(".posts strong", has_text="printed")).to_be_visible()
    address = member.url

    organiser = visit("organiser")
    organiser.goto(address)
    organiser.locator("#reply textarea[name=body]").fill("@member wraps, always. Ask the man at the market.")
    organiser.get_by_role("button", name="Post the reply").click()
    expect(organiser.locator(".posts")).to_contain_text("wraps, always")

    member.goto("/inbox/")
    expect(member.get_by_role("main")).to_contain_text("Which labels for patch leads?")
    letter = next(each for each in reversed(letters("member@demo.example")) if "patch leads" in each)

    stranger = visit()  # no cookie: the link alone must do
    stranger.goto(link_in(letter, "/unsubscribe/"))
    stranger.locator("main form button").first.click()
    expect(stranger.get_by_role("main")).to_contain_text(re.compile("no more|will not|stopped|done", re.IGNORECASE))
    organiser.goto(address)
    organiser.locator("#reply textarea[name=body]").fill("@member one more thing: blue for phones.")
    organiser.get_by_role("button", name="Post the reply").click()
    expect(organiser.locator(".posts")).to_contain_text("blue for phones")
    assert not any("blue for phones" in each for each in letters("member@demo.example"))
    member.goto("/inbox/")
    expect(member.get_by_role("main")).to_contain_text("patch leads")


def test_chat_in_two_browsers_over_a_lost_line(visit: Callable[..., Page]) -> None:
    here, there = visit("member"), visit("organiser")
    for page in (here, there):
        page.goto("/groups/leeds-it-providers/chat/")
        expect(page.locator(".chat-log")).to_be_visible()

    def say(page: Page, words: str) -> None:
        page.locator("textarea[name=body]").fill(words)
        page.keyboard.press("Enter")

    say(here, "Is the side door open?")
    expect(there.locator(".chat-log")).to_contain_text("Is the side door open?")
    here.context.set_offline(True)  # the laptop is closed
    say(there, "It is, come through the yard.")
    expect(there.locator(".chat-log")).to_contain_text("come through the yard")
    here.context.set_offline(False)
    expect(here.locator(".chat-log")).to_contain_text("come through the yard", timeout=40_000)
    assert here.locator(".chat-log").inner_text().count("come through the yard") == 1


def test_the_organisers_side(visit: Callable[..., Page], demo: Site) -> None:
    page = visit("organiser")
    page.goto("/groups/leeds-it-providers/")
    page.get_by_role("main").get_by_role("link", name=re.compile("Leeds evening")).first.click()
    door = re.sub(r"[^/]*$", "check-in/", page.url)
    page.goto(door)
    expect(page.get_by_role("main")).to_contain_text("Amina Yusuf")
    assert page.request.get(f"{demo.url}/groups/leeds-it-providers/calendar.ics").ok
    outsider = visit("newcomer")
    assert outsider.request.get(door).status == 403
