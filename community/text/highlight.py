"""Colours for fenced code: classes only, and only languages whose lexers are known to be quick."""

from functools import cache

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

LONGEST = 12_000
"""Longer code is shown plain."""

LANGUAGES = frozenset(
    """
    bash sh zsh shell console powershell ps1 pwsh bat batch cmd python py sql mysql postgresql json yaml yml toml ini
    cfg conf nginx apache docker dockerfile terraform hcl html xml css js javascript ts typescript c cpp csharp cs
    java kotlin swift go rust rs php ruby rb perl lua vbnet vb.net vbscript diff patch http make makefile
    registry reg csv md markdown
    """.split(),  # noqa: SIM905  (a list of words reads better as words)
)


def code(source: str, language: str, attributes: str) -> str:
    """Highlighted HTML for the inside of `<pre><code>`, or "" to show it plain."""
    name = language.casefold()
    if name not in LANGUAGES or len(source) > LONGEST:
        return ""
    lexer = _lexer(name)
    return highlight(source, lexer, _FORMATTER) if lexer else ""


_FORMATTER = HtmlFormatter(nowrap=True)


@cache
def _lexer(name: str) -> Lexer | None:
    try:
        return get_lexer_by_name(name, stripnl=False)
    except ClassNotFound:
        return None
