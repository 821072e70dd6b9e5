"""The evenings.

Owns:  venues, series, meetups, RSVPs, topics and agendas, attendance, recaps, calendars.
Uses:  chat, forum, sponsors and below.
Open first: `actions/rsvps.py`.
"""
