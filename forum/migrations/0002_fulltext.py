"""PostgreSQL keeps the words of posts and titles in generated columns; SQLite does it with triggers (models/fulltext)."""

from django.db import migrations

FORWARDS = [
    "ALTER TABLE forum_post ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED",
    "CREATE INDEX post_words ON forum_post USING gin (words)",
    "ALTER TABLE forum_topic ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('english', title)) STORED",
    "CREATE INDEX topic_words ON forum_topic USING gin (words)",
]
BACKWARDS = ["ALTER TABLE forum_topic DROP COLUMN words", "ALTER TABLE forum_post DROP COLUMN words"]


def _run(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):

    dependencies = [("forum", "0001_initial")]

    operations = [migrations.RunPython(_run(FORWARDS), _run(BACKWARDS))]
