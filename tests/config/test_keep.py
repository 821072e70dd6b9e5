"""Parts of pages and icons that are rendered once."""

import re
from typing import Any

import pytest
from django.template import engines

from config.templatetags import keep


class Counted:
    """Says how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def template(text: str) -> Any:
    return engines["django"].from_string(text)


def test_a_kept_part_is_rendered_once_for_each_set_of_values():
    found = template("{% kept a b %}{{ a }}{{ b }}:{{ times }}{% endkept %}")
    times = Counted()
    said = [found.render({"a": a, "b": b, "times": times}) for a, b in [(1, 2), (1, 2), (1, 3), (1, 2)]]
    assert said == ["12:1", "12:1", "13:2", "12:1"]


def test_the_same_words_in_another_template_are_another_part():
    text, times = "{% kept a %}{{ times }}{% endkept %}", Counted()
    assert [template(text).render({"a": 1, "times": times}) for _ in range(2)] == ["1", "2"]


def test_what_is_kept_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keep, "MOST", 2)
    found, times = template("{% kept a %}{{ times }}{% endkept %}"), Counted()
    assert [found.render({"a": a, "times": times}) for a in (1, 2, 3, 1)] == ["1", "2", "3", "4"]


def test_an_icon_keeps_its_attributes_apart():
    text = '{% heroicon_mini "bell" %}{% heroicon_mini "bell" size=32 %}{% heroicon_outline "bell" %}'
    assert re.findall(r'<svg[^>]* width="(\d+)"', template(text).render()) == ["20", "32", "24"]


def test_an_attribute_of_an_icon_is_escaped():
    assert '"><b>' not in template('{% heroicon_mini "bell" title=words %}').render({"words": '"><b>'})
