"""Migrations follow the floors; the exceptions are the swappable member and `assets`."""

from django.db.migrations.loader import MigrationLoader

ORDER = ["assets", "live", "notifications", "community", "moderation", "sponsors", "forum", "chat", "meetups", "cms"]


FIRST = {"0001_initial", "__first__"}


def may_depend(app: str, needed: str) -> bool:
    return ORDER.index(needed) <= ORDER.index(app)


def test_a_migration_depends_only_on_floors_below() -> None:
    wrong = [
        f"{app}.{name} depends on {needed}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app in ORDER
        for needed, target in migration.dependencies
        # The custom member is what every floor may point at: its first migration stands below all.
        if needed in ORDER and not (needed == "community" and target in FIRST) and not may_depend(app, needed)
    ]
    assert wrong == []


def test_upward_is_seen() -> None:
    assert not may_depend("community", "forum")
