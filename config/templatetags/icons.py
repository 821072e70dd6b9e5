"""Icons as the templates know them, each drawn once: the library builds its XML anew at every call."""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString, mark_safe
from heroicons.templatetags import heroicons

register = template.Library()


@lru_cache(maxsize=1024)
def _drawn(style: str, name: str, attributes: tuple[tuple[str, object], ...]) -> SafeString:
    return mark_safe(getattr(heroicons, f"heroicon_{style}")(name, **dict(attributes)))


@register.simple_tag
def heroicon_micro(name: str, **attributes: object) -> SafeString:
    """16 pixels."""
    return _drawn("micro", name, tuple(attributes.items()))


@register.simple_tag
def heroicon_mini(name: str, **attributes: object) -> SafeString:
    """20 pixels."""
    return _drawn("mini", name, tuple(attributes.items()))


@register.simple_tag
def heroicon_outline(name: str, **attributes: object) -> SafeString:
    """24 pixels, in lines."""
    return _drawn("outline", name, tuple(attributes.items()))


@register.simple_tag
def heroicon_solid(name: str, **attributes: object) -> SafeString:
    """24 pixels, filled."""
    return _drawn("solid", name, tuple(attributes.items()))
