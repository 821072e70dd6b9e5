"""An earlier text of a post can be withheld."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more moment."""

    dependencies = [("forum", "0018_follow_tags")]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="withheld_at",
            field=models.DateTimeField(blank=True, help_text="A moderator decided that nobody reads it", null=True),
        ),
    ]
