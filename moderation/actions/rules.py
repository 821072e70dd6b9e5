"""The code of conduct: short enough to be read."""

from django.db import transaction

from moderation.models import Rule

FIRST_RULES = (
    (
        "be-kind",
        "Be kind",
        (
            "Argue about work as hard as you like; never go for the person. No insults, no threats, no mockery of who "
            "someone is or where they come from."
        ),
    ),
    (
        "no-selling",
        "No selling",
        (
            "Nobody came here to be sold to. Mention what you make when someone asks; pitches, price lists and "
            "recruiting belong to the labelled sponsor pages."
        ),
    ),
    (
        "declare-interests",
        "Say whom you work for",
        (
            "If a vendor or distributor pays you, or you own part of one, declare it in your settings and say so when "
            "you talk about it or its rivals."
        ),
    ),
    (
        "no-client-data",
        "No client data",
        (
            "Keep clients out of it: no names, addresses, passwords, keys, tickets or screenshots by which a client or "
            "their staff could be known."
        ),
    ),
    (
        "keep-private",
        "What is private stays private",
        (
            "What people say at a meetup or in a private message, and what you know of their business or health, is "
            "theirs to tell. Ask before you quote or photograph someone."
        ),
    ),
    (
        "no-spam",
        "No spam",
        "No bulk posts, no made-up accounts, no text written only to be found by search engines.",
    ),
    (
        "stay-legal",
        "Stay within the law",
        (
            "Nothing illegal: no cracked software or licence dodges, no break-ins, no hate, no images or files "
            "that the law forbids."
        ),
    ),
)


def seed() -> None:
    """Write the first rules where a site has none of that name; a wording changed since stays as it is."""
    with transaction.atomic():
        known = set(Rule.objects.values_list("key", flat=True))
        Rule.objects.bulk_create(
            [
                Rule(key=key, title=title, text=text, position=number)
                for number, (key, title, text) in enumerate(FIRST_RULES, start=1)
                if key not in known
            ],
            ignore_conflicts=True,
        )
