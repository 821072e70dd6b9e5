"""Quotations lead back, do not pile up, and cannot break out."""

from forum.text.quotes import LONGEST, quote
from tests.factories.community import MemberFactory
from tests.factories.forum import PostFactory, TopicFactory


def post(body: str, name: str = "Anna"):
    return PostFactory(topic=TopicFactory(), author=MemberFactory(display_name=name), number=2, body=body)


def test_it_says_whose_words_they_are_and_leads_back():
    said = post("One\n\nTwo")
    assert quote(said) == f"> [Anna]({said.get_absolute_url()}) wrote:\n>\n> One\n>\n> Two\n\n"
    assert quote(said, "Tw").endswith("wrote:\n>\n> Tw\n\n")


def test_quotes_in_quotes_are_left_out_and_code_is_not():
    said = quote(post("> older\n\nNew\n\n```\n> shell\n```"))
    assert said.endswith("wrote:\n>\n> New\n>\n> ```\n> > shell\n> ```\n\n")


def test_a_long_one_is_cut_and_its_code_closed():
    said = quote(post("```\n" + "word " * LONGEST))
    assert said.endswith(" …\n> ```\n\n")
    assert len(said) < LONGEST + 200


def test_a_name_cannot_end_its_own_link():
    assert quote(post("x", "A](//b.example) ![")).startswith("> [A\\](//b.example) \\!\\[](")
