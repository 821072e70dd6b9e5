"""Judging what is said, with reasons.

Owns:  reports, decisions, screening.
Uses:  community and below.
Open first: `registry.py: how content offers itself to be judged`.
"""
