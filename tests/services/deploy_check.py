"""`check --deploy --fail-level WARNING` with production settings: `python -m tests.services.deploy_check`."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "PILOTLIGHT_ENV": "production",
    "PILOTLIGHT_DEMO": "0",
    "DEBUG": "0",
    "BASE_URL": "https://forum.example",
    "ALLOWED_HOSTS": "forum.example",
    "DATABASE_URL": "postgres://pilotlight:secret@localhost/pilotlight",
    "REDIS_URL": "redis://localhost:6379/0",
    "MAIL_DOMAIN": "mail.forum.example",
    "MAIL_FROM": "Pilot Light <hello@forum.example>",
    "EMAIL_URL": "smtp://localhost:25",
    "TRUSTED_PROXY_COUNT": "1",
}


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a well set-up production site, with a fresh secret."""
    return {
        **os.environ,
        **PRODUCTION,
        "SECRET_KEY": secrets.token_urlsafe(60),
        "INCOMING_MAIL_SECRET": "x" * 40,
        **more,
    }


if __name__ == "__main__":
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    sys.exit(subprocess.run(command, check=False, cwd=ROOT, env=surroundings()).returncode)
