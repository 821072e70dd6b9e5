"""A session of PostgreSQL plans once what it is asked again, unless a pooler shares it."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from community.models import Member

ROOT = Path(__file__).resolve().parents[2]
SAY = "from config.settings import DATABASES as d; o = d['default']; print(sorted(o['OPTIONS']), o.get('{key}'))"


def kept_plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%first_name_of_nobody%%'")
        return int(cursor.fetchone()[0])


@pytest.mark.postgres
def test_what_is_asked_again_is_planned_once(db: None) -> None:
    before = kept_plans()
    for number in range(7):
        list(Member.objects.extra(select={"first_name_of_nobody": "1"}).filter(pk=number))
    assert (before, kept_plans()) == (0, 1)


@pytest.mark.parametrize(
    ("behind", "options"),
    [("false", "['pool', 'prepare_threshold', 'server_side_binding'] False"), ("true", "['pool'] True")],
)
def test_behind_a_pooler_nothing_is_left_in_a_session(behind: str, options: str) -> None:
    surroundings = {
        "DATABASE_URL": "postgres://nobody@localhost/nothing",
        "DATABASE_BEHIND_POOLER": behind,
        "PATH": "",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    code = SAY.format(key="DISABLE_SERVER_SIDE_CURSORS")
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=surroundings, check=True, capture_output=True, text=True
    )
    assert said.stdout.strip() == options
