"""SQLite by default, PostgreSQL by `DATABASE_URL`; both first-class."""

from config import env

DATABASE_POOL = 10
"""Connections of one process to PostgreSQL."""
PREPARE_AFTER = 5
"""So often a session is asked a statement until it keeps what it made of it: to plan costs more than to answer."""

DATABASES = {"default": env.env.db_url_config(env.DATABASE_URL)}
_default = DATABASES["default"]
_default["ATOMIC_REQUESTS"] = False

if _default["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock when a transaction begins, so two writers queue instead of failing half-way.
    _default["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # Under ASGI every request may run in another thread: a pool, never CONN_MAX_AGE.
    # `serve` renders fewer pages at once than it has connections.
    _default["OPTIONS"] = {"pool": {"min_size": 2, "max_size": DATABASE_POOL, "timeout": 10}}
    # A pooler may give each transaction another session: nothing is left in one then.
    _default["DISABLE_SERVER_SIDE_CURSORS"] = env.DATABASE_BEHIND_POOLER
    if not env.DATABASE_BEHIND_POOLER:
        _default["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": PREPARE_AFTER}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
