"""The evenings.

Owns:  venues, series, meetups, RSVPs, agendas, attendance, calendars.
Uses:  chat, forum, sponsors and below.
Open first: `actions/rsvps.py`.
"""
