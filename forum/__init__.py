"""The talk between two meetups.

Owns:  categories, topics, posts, reading.
Uses:  moderation, community and below.
Open first: `actions/posts.py`.
"""
