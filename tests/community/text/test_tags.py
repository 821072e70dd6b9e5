"""What a tag may be called, and which two are one."""

import pytest

from community.text import tags


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Pricing, backup", ["pricing", "backup"]),
        ("  Cash   flow ,cash-flow, cash_flow", ["cash-flow"]),
        ("#VAT; ＶＡＴ", ["vat"]),
        ("C#, c++, .NET, c", ["c#", "c++", ".net", "c"]),
        ("раура1, paypal", ["раура1"]),
        ("Müller,MÜLLER", ["müller"]),
        (", ,", []),
    ],
)
def test_a_line_of_tags_is_tidied_and_each_stands_once(typed, found):
    assert tags.split(typed) == found


@pytest.mark.parametrize(("one", "other"), [("cashflow", "cash-flow"), ("scope", "ѕсоре"), ("VAT", "vat")])
def test_what_looks_alike_is_one(one, other):
    assert tags.key(tags.tidy(one)) == tags.key(tags.tidy(other))


@pytest.mark.parametrize(("one", "other"), [("c#", "c++"), ("backup", "backups"), (".net", "net")])
def test_what_differs_is_two(one, other):
    assert tags.key(one) != tags.key(other)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("x", "2 to 30 letters"),
        ("x" * 31, "has 31"),
        ("a/b", "“/” cannot be in it"),
        ("a b", "“ ” cannot be in it"),
        ("...", "no letter in it"),
        ("pаypal", "mixes alphabets"),
        ("x\x00y", "cannot be in it"),
    ],
)
def test_what_cannot_be_a_tag_says_why(name, why):
    assert why in tags.problem(name)


@pytest.mark.parametrize("name", ["vat", "cash-flow", "c#", "c++", ".net", "müller", "价格", "日本の税"])
def test_what_can(name):
    assert tags.problem(name) == ""
