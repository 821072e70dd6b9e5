"""The first code of conduct."""

from moderation.actions import rules
from moderation.models import Rule
from tests.factories.moderation import RuleFactory

KEYS = ["be-kind", "no-selling", "declare-interests", "no-client-data", "keep-private", "no-spam", "stay-legal"]


def test_stands_after_every_migration(db: None) -> None:
    assert list(Rule.objects.order_by("position").values_list("key", flat=True)) == KEYS


def test_a_changed_wording_stays(db: None) -> None:
    Rule.objects.filter(key="be-kind").update(is_current=False)
    RuleFactory(key="be-kind", version=2, title="Be kinder")
    Rule.objects.filter(key="no-spam").delete()
    rules.seed()
    assert Rule.objects.get(key="be-kind", is_current=True).title == "Be kinder"
    assert Rule.objects.filter(key="no-spam").count() == 1
