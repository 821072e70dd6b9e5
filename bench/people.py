"""Sessions of many members, to ask as them."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.servers import SetUp

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "b" * 32
"""The same secret in cookie and form: what a browser that opened our form sends back."""

SIGN_IN = """
import json
from django.conf import settings
from django.test import Client
from community.models import Member
found = []
for member in Member.objects.filter(handle__startswith="load").order_by("pk")[:{count}]:
    client = Client()
    client.force_login(member)
    found.append([member.handle, client.cookies[settings.SESSION_COOKIE_NAME].value])
print(json.dumps({{"session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME, "found": found}}))
"""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the load, signed in."""

    handle: str
    cookie: str

    @property
    def number(self) -> int:
        """Which one: also says the group, `number % groups`."""
        return int(self.handle.removeprefix("load"))


def shell(setup: SetUp, code: str) -> str:
    """Run this in the site; its last line."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=setup.surroundings, check=True, capture_output=True, text=True)
    return done.stdout.strip().splitlines()[-1]


def signed_in(setup: SetUp, count: int) -> list[Person]:
    """The first members of the load, each with a session."""
    told = json.loads(shell(setup, SIGN_IN.format(count=count)))
    return [Person(handle, f"{told['session']}={session}; {told['csrf']}={TOKEN}") for handle, session in told["found"]]
