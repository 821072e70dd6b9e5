"""An index that repeats how another one begins is dropped: every notice had to write it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DROP = "DROP INDEX IF EXISTS notifications_notice_recipient_id_40448c32"
BACK = "CREATE INDEX notifications_notice_recipient_id_40448c32 ON notifications_notice (recipient_id)"


class Migration(migrations.Migration):
    """Nothing changes but how much there is to write."""

    dependencies = [
        ("notifications", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Said to the database by hand: SQLite would make the table anew.
        migrations.RunSQL(DROP, BACK),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="notice",
                    name="recipient",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ]
        ),
    ]
