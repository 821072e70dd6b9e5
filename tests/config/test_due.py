"""Due work: every job runs, one that fails stops nobody, dead tasks come back."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from config import due
from notifications import registry
from notifications.models import OutgoingMail
from tests.factories.notifications import NoticeFactory


def test_a_notice_becomes_a_mail_and_leaves_in_one_run(db: None, at: datetime) -> None:
    NoticeFactory(mail_due_at=at - timedelta(days=400))
    out = StringIO()
    call_command("run_due", stdout=out)
    assert OutgoingMail.objects.get().state == OutgoingMail.State.SENT
    assert out.getvalue() == "3 done\n"  # and the day's look at what the member may do


def test_a_job_that_fails_stops_nobody(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    left = [2, 1, 0]
    monkeypatch.setattr(registry, "_due", {})

    def broken(at: datetime) -> int:
        raise RuntimeError

    registry.register_due("broken", broken)
    registry.register_due("counts", lambda at: left.pop(0))
    assert due.run() == 3
    assert "Due work 'broken' failed" in caplog.text


def task(at: datetime, tries: int) -> DBTaskResult:
    row = DBTaskResult(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="x.y",
        worker_ids=[str(each) for each in range(tries)],
        backend_name="default",
        run_after=get_date_max(),
        status=TaskResultStatus.RUNNING,
        started_at=at,
        exception_class_path="",
        traceback="",
    )
    row.save()
    return row


def test_a_task_whose_worker_died_comes_back_five_times(db: None, at: datetime) -> None:
    fresh, dead, hopeless = task(at, 1), task(at - due.TASK_LEASE, 1), task(at - due.TASK_LEASE, 5)
    due.give_back_tasks(at)
    assert [DBTaskResult.objects.get(pk=each.pk).status for each in (fresh, dead, hopeless)] == [
        TaskResultStatus.RUNNING,
        TaskResultStatus.READY,
        TaskResultStatus.FAILED,
    ]
