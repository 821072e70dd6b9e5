"""Wires everything, owns no rules.

Owns:  settings, addresses, the ASGI and WSGI entry points, commands that touch every floor.
Uses:  every floor.
Open first: `urls.py` for what answers where, `env.py` for what the surroundings may set.
"""
