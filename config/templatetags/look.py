"""How moments, names and sums are said. These filters format; they never query."""

from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.tz import do_timezone
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

TONES = 8
# Asked of `strftime` once: a list of forty lines says a hundred of them.
WEEKDAYS = tuple(f"{date(2024, 1, number):%A}" for number in range(1, 8))
MONTHS = ("", *(f"{date(2024, number, 1):%B}" for number in range(1, 13)))
SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


@register.filter
def tone(number: int | None) -> int:
    """Which of the eight colours stands for this id."""
    return (number or 0) % TONES


@register.filter
def initials(name: object) -> str:
    """One or two letters for a face without a picture: "Ada Lovelace" → "AL"."""
    words = str(name).lstrip("@").split()
    if not words:
        return "?"
    last = words[-1][0] if len(words) > 1 else ""
    return (words[0][0] + last).upper()


@register.filter
def wall(moment: datetime, zone: str = "") -> datetime:
    """The moment on the clocks of `zone` (without one: of the reader)."""
    zone_there: tzinfo = ZoneInfo(zone) if zone else timezone.get_current_timezone()
    # Django's own filter marks the answer, so that `|date` leaves it on these clocks.
    return do_timezone(moment, zone_there)


@register.filter
def day_said(day: date, zone: str = "") -> str:
    """Say a day: "Tuesday 8 December", with the year unless it is this one."""
    if isinstance(day, datetime):
        day = wall(day, zone) if zone or day.tzinfo is None else day
    return _day(day, timezone.localdate())


@register.filter
def said(moment: datetime, zone: str = "") -> str:
    """Say a moment: "Tuesday 8 December, 18:30" on the clocks of `zone` (without one: of the reader)."""
    return _moment(wall(moment, zone), timezone.localdate())


@register.filter
def yours(moment: datetime, zone: str) -> str:
    """The reader's clock where it differs from that of `zone`: "19:30", with the day when that differs too."""
    here, mine = wall(moment, zone), wall(moment)
    if here.utcoffset() == mine.utcoffset():
        return ""
    return f"{mine:%H:%M}" if here.date() == mine.date() else f"{mine:%A} {mine:%H:%M}"


@register.filter
def ago(moment: datetime) -> str:
    """How long since, as people say it: "5 minutes ago", "yesterday", "8 December"."""
    zone = timezone.get_current_timezone()
    return _ago(wall(moment).astimezone(zone), timezone.now().astimezone(zone))


@register.filter
def moment(value: datetime) -> str:
    """For `<time datetime>`: the exact moment, in UTC."""
    return f"{value.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


@register.filter
def since(value: datetime) -> SafeString:
    """How long since, with the exact moment: what `site/parts/ago.html` shows, for lists of many lines."""
    zone = timezone.get_current_timezone()
    here, now = value.astimezone(zone), timezone.now().astimezone(zone)
    # Nothing in these needs escaping: they are words and figures of ours.
    return mark_safe(f'<time datetime="{moment(value)}" title="{_moment(here, now)}">{_ago(here, now)}</time>')


@register.filter
def money(amount: Decimal, currency: str = "GBP") -> str:
    """Say a sum: "£1,200" or "£99.50", pence only where there are any."""
    places = 0 if amount == amount.to_integral_value() else 2
    figure = number_format(abs(amount), decimal_pos=places, use_l10n=True, force_grouping=True)
    minus = "−" if amount < 0 else ""  # noqa: RUF001  (a true minus sign)
    return f"{minus}{SIGNS[currency]}{figure}" if currency in SIGNS else f"{minus}{figure} {currency}"


def _day(day: date, today: date) -> str:
    text = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month]}"
    return text if day.year == today.year else f"{text} {day.year}"


def _moment(here: datetime, today: date) -> str:
    return f"{_day(here, today)}, {here.hour:02}:{here.minute:02}"


def _ago(here: datetime, now: datetime) -> str:
    """Both on the reader's clock."""
    minutes = int((now - here).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:  # noqa: PLR2004  (an hour)
        return "a minute ago" if minutes == 1 else f"{minutes} minutes ago"
    days = (now.date() - here.date()).days
    if days == 0:
        hours = minutes // 60
        return "an hour ago" if hours == 1 else f"{hours} hours ago"
    if days == 1:
        return "yesterday"
    if days < 7:  # noqa: PLR2004  (a week)
        return f"on {WEEKDAYS[here.weekday()]}"
    text = f"{here.day} {MONTHS[here.month]}"
    return text if here.year == now.year else f"{text} {here.year}"
