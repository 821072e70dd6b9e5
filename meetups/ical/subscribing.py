"""How each kind of calendar is told about a feed."""

from urllib.parse import quote

WEBCAL = "webcal:"


def ways(url: str, name: str) -> dict[str, str]:
    """Links for a feed's address: `webcal` (Apple, Thunderbird, desktop Outlook), `google`, `outlook`, `plain`."""
    webcal = WEBCAL + url.partition(":")[2]
    return {
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "outlook": f"https://outlook.live.com/calendar/0/addfromweb?url={quote(url, safe='')}&name={quote(name)}",
        "plain": url,
    }
