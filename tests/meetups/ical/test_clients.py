"""Programs by the names people know."""

import pytest

from meetups.ical.clients import client_name


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Google-Calendar-Importer", "Google Calendar"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0", "Thunderbird"),
        ("iOS/17.6.1 (21G93) dataaccessd/1.0", "an iPhone or iPad"),
        ("macOS/14.5 (23F79) CalendarAgent/1002", "Calendar on a Mac"),
        ("Microsoft.Exchange/15.20 (HttpClient)", "Outlook"),
        ("ICSx5/2.3.1 (ical4j)", "ICSx⁵"),
        ("SomethingNew/3.1 (+https://example.org)", "SomethingNew"),
        ("", ""),
    ],
)
def test_a_program_by_its_name(user_agent: str, name: str) -> None:
    assert client_name(user_agent) == name
