"""Indexes that repeat how another one begins are dropped: every post and notice had to write them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DROPPED = {
    "forum_post_author_id_609b7963": "forum_post (author_id)",
    "forum_post_topic_id_68b61f28": "forum_post (topic_id)",
    "forum_reading_member_id_7624151c": "forum_reading (member_id)",
    "forum_reading_topic_id_b49c2d36": "forum_reading (topic_id)",
    "forum_tally_topic_id_aec89942": "forum_tally (topic_id)",
    "forum_topic_category_id_b3704e41": "forum_topic (category_id)",
    "forum_topic_slug_8f915515": "forum_topic (slug)",
}
"""Each is what another index begins with; nobody looks for a topic by its slug."""


class Migration(migrations.Migration):
    """Nothing changes but how much there is to write."""

    dependencies = [
        ("forum", "0019_withheld"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Said to the database by hand: SQLite would make each of the tables anew.
        *[
            migrations.RunSQL(f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON {columns}")
            for name, columns in DROPPED.items()
        ],
        migrations.RunSQL("DROP INDEX IF EXISTS forum_topic_slug_8f915515_like", migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="post",
                    name="author",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="post",
                    name="topic",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="forum.topic",
                    ),
                ),
                migrations.AlterField(
                    model_name="reading",
                    name="member",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="reading",
                    name="topic",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="forum.topic",
                    ),
                ),
                migrations.AlterField(
                    model_name="tally",
                    name="topic",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="forum.topic",
                    ),
                ),
                migrations.AlterField(
                    model_name="topic",
                    name="category",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topics",
                        to="forum.category",
                    ),
                ),
                migrations.AlterField(
                    model_name="topic",
                    name="slug",
                    field=models.SlugField(allow_unicode=True, db_index=False, max_length=120),
                ),
            ]
        ),
    ]
