"""Calendars by RFC 5545 and 7986, written by `icalendar`; no line is put together by hand."""
