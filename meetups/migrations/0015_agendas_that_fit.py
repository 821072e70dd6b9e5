"""Slots as they were, made to fit; then the rules that hold from now on."""

from django.db import migrations, models
from django.db.models import Sum

MINUTES, PERCENT = 10, 20


def fit(apps, schema_editor):
    """A vendor's name makes product time; agendas within the cap are out, as everyone could read them."""
    alias = schema_editor.connection.alias
    items = apps.get_model("meetups", "AgendaItem").objects.using(alias)
    meetups = apps.get_model("meetups", "Meetup").objects.using(alias)
    items.filter(kind="peer").exclude(organisation=None).update(kind="product")
    items.filter(kind="break").exclude(organisation=None).update(organisation=None)
    items.exclude(speaker=None).exclude(speaker_name="").update(speaker_name="")
    for meetup in meetups.filter(pk__in=items.values("meetup")).iterator():
        product = items.filter(meetup=meetup.pk, kind="product").aggregate(sum=Sum("minutes"))["sum"] or 0
        length = int((meetup.ends_at - meetup.starts_at).total_seconds() // 60)
        meetup.product_minutes, meetup.product_cap = product, min(MINUTES, length * PERCENT // 100)
        meetup.agenda_published_at = meetup.changed_at if product <= meetup.product_cap else None
        meetup.save(update_fields=["product_minutes", "product_cap", "agenda_published_at"])


class Migration(migrations.Migration):

    dependencies = [("meetups", "0014_slots")]

    operations = [
        migrations.RunPython(fit, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meetup', 'proposal'), name='agenda_proposal_once'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('speaker', None), ('speaker_name', ''), _connector='OR'), name='agenda_one_speaker'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['product', 'expert']), ('organisation', None), _connector='OR'), name='agenda_vendor_of_product_or_expert'),
        ),
        migrations.AddConstraint(
            model_name='meetup',
            constraint=models.CheckConstraint(condition=models.Q(('agenda_published_at', None), ('product_minutes__lte', models.F('product_cap')), _connector='OR'), name='meetup_agenda_within_cap'),
        ),
    ]
