from collections import Counter
from datetime import UTC, timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


def count(apps, schema_editor):
    """What was said before this migration is counted too."""
    Post, Topic, Tally = (apps.get_model("forum", name) for name in ("Post", "Topic", "Tally"))
    seen = Post.objects.filter(hidden_at=None, deleted_at=None)
    last = seen.filter(topic=OuterRef("pk")).order_by("-number").values("number")[:1]
    Topic.objects.update(last_shown_number=Coalesce(Subquery(last), 0))
    tallies = Counter()
    for topic, moment in seen.values_list("topic", "created_at").iterator(chunk_size=5000):
        day = moment.astimezone(UTC).date()
        for span, first in (
            ("week", day - timedelta(days=day.weekday())),
            ("month", day.replace(day=1)),
            ("year", day.replace(month=1, day=1)),
        ):
            tallies[topic, span, first] += 1
    Tally.objects.bulk_create(
        (Tally(topic_id=topic, span=span, starts_on=first, posts=posts) for (topic, span, first), posts in tallies.items()),
        batch_size=2000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0003_solved'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('span', models.CharField(choices=[('week', 'This week'), ('month', 'This month'), ('year', 'This year')], max_length=5)),
                ('starts_on', models.DateField()),
                ('posts', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='topic',
            name='last_shown_number',
            field=models.PositiveIntegerField(default=0, help_text='The highest number that can be seen'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('deleted_at', None), ('hidden_at', None)), fields=['topic', 'number'], name='post_shown'),
        ),
        migrations.AddIndex(
            model_name='topic',
            index=models.Index(fields=['-created_at'], name='topic_newest'),
        ),
        migrations.AddIndex(
            model_name='topic',
            index=models.Index(condition=models.Q(('post_count', 1)), fields=['-last_posted_at', '-id'], name='topic_unanswered'),
        ),
        migrations.AddField(
            model_name='tally',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='forum.topic'),
        ),
        migrations.AddIndex(
            model_name='tally',
            index=models.Index(fields=['span', 'starts_on', '-posts', '-topic'], name='tally_top'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('topic', 'span', 'starts_on'), name='tally_once'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.CheckConstraint(condition=models.Q(('span__in', ['week', 'month', 'year'])), name='tally_span'),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
