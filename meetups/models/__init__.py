"""Nouns of the evenings."""

from meetups.models.agenda import AgendaItem
from meetups.models.confirmation import SlotConfirmation
from meetups.models.feed import CalendarFeed
from meetups.models.imported import CalendarImport, ImportedDate
from meetups.models.invitation import Invitation
from meetups.models.meetup import MOST_GUESTS, Meetup
from meetups.models.move import QueueMove
from meetups.models.point import Point
from meetups.models.product_rule import ProductRule
from meetups.models.programme import ProgrammeEvent, ProgrammeFeed
from meetups.models.proposal import Proposal, Vote
from meetups.models.recap import Recap
from meetups.models.reminder import Announcement, Reminder, ReminderPlan
from meetups.models.rsvp import Attendance, Rsvp, RsvpRequest
from meetups.models.rsvp_question import RsvpQuestion, RsvpReply
from meetups.models.series import Series
from meetups.models.slot_answer import SlotAnswer
from meetups.models.standing import StandingRsvp
from meetups.models.subject import Subject
from meetups.models.venue import Venue

__all__ = [
    "MOST_GUESTS",
    "AgendaItem",
    "Announcement",
    "Attendance",
    "CalendarFeed",
    "CalendarImport",
    "ImportedDate",
    "Invitation",
    "Meetup",
    "Point",
    "ProductRule",
    "ProgrammeEvent",
    "ProgrammeFeed",
    "Proposal",
    "QueueMove",
    "Recap",
    "Reminder",
    "ReminderPlan",
    "Rsvp",
    "RsvpQuestion",
    "RsvpReply",
    "RsvpRequest",
    "Series",
    "SlotAnswer",
    "SlotConfirmation",
    "StandingRsvp",
    "Subject",
    "Venue",
    "Vote",
]
