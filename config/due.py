"""Work that has its time: mail, lapsed holds, reminders; each floor names its jobs in `notifications.registry`."""

import logging
import threading
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from notifications import registry

log = logging.getLogger(__name__)

PAUSE = 2.0
ROUNDS = 500
TASK_LEASE = timedelta(minutes=30)
TASK_ATTEMPTS = 5


def run() -> int:
    """Every job until it has nothing left to do; a job that fails is logged and the others go on."""
    done = 0
    for name, job in registry.due_jobs().items():
        try:
            for _ in range(ROUNDS):
                did = job(timezone.now())
                done += did
                if not did:
                    break
        except Exception:
            log.exception("Due work %r failed; it is tried again next time", name)
    return done


def loop(stop: threading.Event) -> None:
    """Run again and again, two seconds apart, until told to stop."""
    while not stop.is_set():
        close_old_connections()
        try:
            run()
        except DatabaseError:
            log.exception("Due work waits for the database")
        close_old_connections()
        stop.wait(PAUSE)


def start_in_process() -> None:
    """For one small machine: a thread beside the pages, because another process cannot reach sockets in this one."""
    if settings.DUE_WORK_IN_PROCESS:
        threading.Thread(target=loop, args=[threading.Event()], name="due-work", daemon=True).start()


def give_back_tasks(at: datetime) -> int:
    """A background task whose worker died stays RUNNING for ever: after half an hour it is ready again, five times."""
    with transaction.atomic():
        stale = DBTaskResult.objects.running().filter(started_at__lte=at - TASK_LEASE)
        stuck = list(stale.select_for_update(skip_locked=True))
        for task in stuck:
            if len(task.worker_ids) >= TASK_ATTEMPTS:
                task.set_failed(TimeoutError(f"Its worker died {TASK_ATTEMPTS} times."))
            else:
                task.status = TaskResultStatus.READY
                task.started_at = None
                task.save(update_fields=["status", "started_at"])
    return 0
