"""Discourse's own marks in a post, turned into those that are understood here.

Open first: `reading.py`. `code.py` finds what is left alone, `elements.py` and `words.py` turn small things,
`brackets.py` finds what stands between `[…]` and `[/…]`, `blocks.py` and `asking.py` write it as quotes, folds, dates
and polls.
"""
