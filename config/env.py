"""Every environment variable, read here once (`docs/reference/settings.md` describes them; a test keeps it true)."""

import secrets
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(str(BASE_DIR / ".env"))

ENVIRONMENT: str = env.str("PILOTLIGHT_ENV", default="local")
DEMO: bool = env.bool("PILOTLIGHT_DEMO", default=False)
DEBUG: bool = env.bool("DEBUG", default=False)

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
HOST: str = env.str("HOST", default="127.0.0.1")
PORT: int = env.int("PORT", default=8000)
BASE_URL: str = env.str("BASE_URL", default=f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", HOST])
TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXY_COUNT", default=0)

DATABASE_URL: str = env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'pilotlight.sqlite3'}")
DATABASE_BEHIND_POOLER: bool = env.bool("DATABASE_BEHIND_POOLER", default=False)
REDIS_URL: str = env.str("REDIS_URL", default="")
MEDIA_ROOT: str = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
MEDIA_URL: str = env.str("MEDIA_URL", default="/media/")
MEDIA_BUCKET: str = env.str("MEDIA_BUCKET", default="")

EMAIL_URL: str = env.str("EMAIL_URL", default="")
ANYMAIL_BACKEND: str = env.str("ANYMAIL_BACKEND", default="")
MAIL_FROM: str = env.str("MAIL_FROM", default="Pilot Light <hello@localhost>")
MAIL_DOMAIN: str = env.str("MAIL_DOMAIN", default="localhost")
INCOMING_MAIL_SECRET: str = env.str("INCOMING_MAIL_SECRET", default="")

LOG_LEVEL: str = env.str("LOG_LEVEL", default="WARNING" if DEMO else "INFO")
DUE_WORK_IN_PROCESS: bool = env.bool("DUE_WORK_IN_PROCESS", default=False)


def secret_key() -> str:
    """The signing key: from SECRET_KEY, else one made once and kept in `var/` (never in production)."""
    given = env.str("SECRET_KEY", default="")
    if given or ENVIRONMENT == "production":
        return given
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(50))
        kept.chmod(0o600)
    return kept.read_text().strip()
