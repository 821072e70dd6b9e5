"""Calendars over HTTP: they speak the protocol and nothing else."""
