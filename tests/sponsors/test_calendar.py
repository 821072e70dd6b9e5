"""A published event stands in its group's calendar, whatever its text is made of; nothing else does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.factories.sponsors import PublishedEventFactory, VendorEventFactory


@pytest.mark.parametrize("html", ["", "<p>One line</p>", "<h2>Programme</h2>\n<ol>\n<li>One; two, three</li>\n</ol>\n"])
def test_a_text_of_many_lines_is_one_property(client, group, acme, html) -> None:
    soon = timezone.now().replace(microsecond=0) + timedelta(days=3)
    when = {"starts_at": soon, "ends_at": soon + timedelta(hours=2)}
    event = PublishedEventFactory(group=group, organisation=acme, title="Restore", body_html=html, **when)
    VendorEventFactory(group=group, organisation=acme, **when)
    PublishedEventFactory(group=group, organisation=acme, hidden_at=soon, **when)
    for address in (
        reverse("meetups:group-ics", args=[group.slug]),
        reverse("meetups:vendor-event-ics", args=["acme", event.slug]),
    ):
        response = client.get(address)
        assert response.status_code == 200
        (found,) = Calendar.from_ical(response.content).walk("VEVENT")
        assert (found["UID"], found["SUMMARY"]) == (event.uid, "Restore [Acme, vendor]")
        assert found["DTSTART"].dt == soon
