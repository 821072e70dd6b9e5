"""Who is called by a text."""

import pytest

from community.models import Member
from community.text.render import render
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Member:
    return MemberFactory(handle="anna")


LINK = '<a class="mention" href="/members/anna/">@anna</a>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("hi @anna", f"<p>hi {LINK}</p>\n"),
        ("@Anna: (@ANNA), @anna.", f"<p>{LINK}: ({LINK}), {LINK}.</p>\n"),
        ("**@anna**’s", f"<p><strong>{LINK}</strong>’s</p>\n"),
        ("@anna-", f"<p>{LINK}-</p>\n"),
        ("`@anna`", "<p><code>@anna</code></p>\n"),
        ("\\@anna", "<p>@anna</p>\n"),
        ("[ask @anna](/groups/)", '<p><a href="/groups/">ask @anna</a></p>\n'),
        ("@annabel @anna.b @nobody", "<p>@annabel @anna.b @nobody</p>\n"),
        ("x@anna a/@anna @@anna", "<p>x@anna a/@anna @@anna</p>\n"),
        ("    @anna", "<pre><code>@anna\n</code></pre>\n"),
        ("@аnna", "<p>@аnna</p>\n"),  # the first letter is Cyrillic
    ],
)
def test_rule(anna: Member, source: str, html: str) -> None:
    rendered = render(source)
    assert rendered.html == html
    assert rendered.mentioned_ids == ((anna.pk,) if LINK in html else ())


def test_an_address_is_no_mention(anna: Member) -> None:
    assert render("write to me@anna.example").mentioned_ids == ()


@pytest.mark.parametrize("handle", ["محمد", "李明", "ανδρέας", "नमस्ते", "jürgen_ö"])
def test_any_script(handle: str) -> None:
    member = MemberFactory(handle=handle)
    rendered = render(f"ask @{handle}, please", flavour="line")
    assert rendered.mentioned_ids == (member.pk,)
    assert f">@{handle}</a>, please" in rendered.html
    assert rendered.excerpt == f"ask @{handle}, please"


def test_the_absent_are_not_called(anna: Member) -> None:
    Member.objects.filter(pk=anna.pk).update(is_active=False)
    assert render("@anna").html == "<p>@anna</p>\n"


def test_authors_are_not_told_of_themselves(anna: Member) -> None:
    assert render("I am @anna", author=anna).mentioned_ids == ()


def test_five_thousand_mentions_are_one_query_and_fifty_people(django_assert_num_queries) -> None:
    people = [MemberFactory(handle=f"person-{n}x") for n in range(60)]
    text = " ".join(f"@{person.handle}" for person in people) + " @anna" * 4_940
    with django_assert_num_queries(1):
        rendered = render(text)
    assert rendered.mentioned_ids == tuple(person.pk for person in people[:50])


def test_no_mention_no_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        render("nobody is called, `@not` even here")
