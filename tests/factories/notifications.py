"""Notices, preferences, mails."""

import factory
from factory.django import DjangoModelFactory

from notifications import models
from tests.factories.community import BEGAN, MemberFactory


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = models.Notice

    recipient = factory.SubFactory(MemberFactory)
    kind = "test.happened"
    subject = "thing:1"
    title = factory.Sequence(lambda n: f"Something happened {n}")
    url = "/things/1/"
    dedupe_key = factory.Sequence(lambda n: f"thing:{n}")
    created_at = BEGAN


class PreferenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Preference

    member = factory.SubFactory(MemberFactory)


class OutgoingMailFactory(DjangoModelFactory):
    class Meta:
        model = models.OutgoingMail

    member = factory.SubFactory(MemberFactory)
    to = factory.LazyAttribute(lambda o: o.member.email if o.member else "someone@example.org")
    kind = "test.happened"
    subject = factory.Sequence(lambda n: f"Mail {n}")
    text = "Hello.\n"
    message_id = factory.Sequence(lambda n: f"<{n}@example.org>")
    due_at = BEGAN
