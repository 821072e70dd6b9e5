"""`{% kept a b %}…{% endkept %}`: a part of a page that is rendered once for each set of values."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context

register = template.Library()

MOST = 500
"""Of one such part; then it begins anew."""


class KeptNode(template.Node):
    """Holds what it rendered itself: another template, or the same one read anew, is another node."""

    def __init__(self, values: list[FilterExpression], nodelist: NodeList) -> None:
        """Nothing yet."""
        self.values, self.nodelist = values, nodelist
        self.rendered: dict[tuple[Any, ...], str] = {}

    def render(self, context: Context) -> str:
        """What was rendered for these values, else now."""
        key = tuple([value.resolve(context) for value in self.values])
        text = self.rendered.get(key)
        if text is None:
            if len(self.rendered) >= MOST:
                self.rendered = {}
            text = self.rendered[key] = self.nodelist.render(context)
        return text


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Nothing between the two may depend on anything but the values (and the code): no token, no count, no moment."""
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(values, nodelist)
