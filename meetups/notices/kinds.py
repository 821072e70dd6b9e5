"""Kinds of notice about evenings, by the names that settings show."""

from meetups.notices.agendas import KINDS as OF_AGENDAS
from notifications.models.preference import Channel
from notifications.registry import Kind, register_kind

EVENING = "meetups/email/evening"
IN_CALENDARS = (
    "meetups.invited",
    "meetups.confirmed",
    "meetups.promoted",
    "meetups.offered",
    "meetups.changed",
    "meetups.cancelled",
    "meetups.reminded",
)
"""Kinds whose mail carries the evening itself, for the calendar of its reader."""

TYPING = 15 * 60
"""Changes that follow each other within a quarter of an hour make one mail, which says how it stands at its end."""


def register() -> None:
    """All of them, once, when the site starts."""
    for kind in (
        Kind("meetups.invited", "A meetup of your group comes up", mail_template=EVENING),
        Kind("meetups.promoted", "A seat came free for you", mail_template=EVENING, must_send=True),
        Kind("meetups.offered", "A seat is held for you", mail_template="meetups/email/offer", must_send=True),
        Kind("meetups.lapsed", "A seat held for you went on"),
        Kind("meetups.opened", "Free seats in the last hours before a meetup you wait for"),
        Kind("meetups.cancelled", "A meetup in your calendar is cancelled", mail_template=EVENING, must_send=True),
        Kind("meetups.changed", "A meetup in your calendar moved", mail_template=EVENING, delay=TYPING),
        Kind("meetups.confirmed", "You are going", mail_template=EVENING),
        Kind("meetups.copied", "Your answer changed, for the calendar that was invited by mail"),
        Kind("meetups.reminded", "Reminders of meetups you are going to", mail_template=EVENING),
        Kind("meetups.announced", "Organisers write to those who come"),
        Kind("meetups.countered", "Someone proposes another time for a meetup you organise", default=Channel.INBOX),
        Kind("meetups.series", "Several dates of a series moved"),
        Kind("meetups.series_cancelled", "Several dates of a series are cancelled", must_send=True),
        Kind("meetups.stands", "You come every time"),
        Kind("meetups.joined", "Someone is coming to a meetup you organise", default=Channel.INBOX),
        *OF_AGENDAS,
    ):
        register_kind(kind)
