"""Titles by their trigrams on PostgreSQL, so that a search with a typo finds what was meant (search/spelling)."""

from django.db import migrations

FORWARDS = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX topic_title_alike ON forum_topic USING gin (title gin_trgm_ops)",
]
BACKWARDS = ["DROP INDEX topic_title_alike"]


def _run(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):

    dependencies = [("forum", "0006_revisions")]

    operations = [migrations.RunPython(_run(FORWARDS), _run(BACKWARDS))]
