"""What a program that fetches calendars is called by people."""

KNOWN = (
    ("Google-Calendar-Importer", "Google Calendar"),
    ("Microsoft", "Outlook"),
    ("dataaccessd", "an iPhone or iPad"),
    ("iOS/", "an iPhone or iPad"),
    ("CalendarAgent", "Calendar on a Mac"),
    ("macOS/", "Calendar on a Mac"),
    ("Thunderbird", "Thunderbird"),
    ("ICSx5", "ICSx⁵"),
    ("Nextcloud", "Nextcloud"),
    ("Evolution", "Evolution"),
)
"""A mark in the User-Agent, and the name. The first that is found counts."""


def client_name(user_agent: str) -> str:
    """The name of the program; of one we do not know, what it calls itself first; "" where it says nothing."""
    known = (name for mark, name in KNOWN if mark.lower() in user_agent.lower())
    return next(known, user_agent.partition("/")[0].partition("(")[0].strip()[:40])
