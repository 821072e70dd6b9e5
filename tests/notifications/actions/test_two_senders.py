"""Two senders at once: every mail leaves once."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.db import connection

from notifications.actions import deliver, letters
from notifications.models import OutgoingMail
from tests.factories.notifications import NoticeFactory, OutgoingMailFactory


def side_by_side(work: Callable[[], object], threads: int = 4) -> None:
    start, failures = threading.Barrier(threads), list[Exception]()

    def run() -> None:
        try:
            start.wait()
            work()
        except Exception as error:  # noqa: BLE001  (shown by the assertion)
            failures.append(error)
        finally:
            connection.close()

    running = [threading.Thread(target=run) for _ in range(threads)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    assert failures == []


@pytest.mark.django_db(transaction=True)
def test_every_mail_leaves_once(at: datetime) -> None:
    rows = OutgoingMailFactory.create_batch(60)

    def drain() -> None:
        for _ in range(8):
            deliver.send(at)

    side_by_side(drain)
    assert sorted(each.extra_headers["Message-ID"] for each in mail.outbox) == sorted(row.message_id for row in rows)
    assert OutgoingMail.objects.filter(state="sent", attempts=1).count() == 60


@pytest.mark.django_db(transaction=True)
def test_every_notice_becomes_one_mail(at: datetime) -> None:
    NoticeFactory.create_batch(20, mail_due_at=at)
    side_by_side(lambda: letters.write(at))
    assert OutgoingMail.objects.count() == 20
