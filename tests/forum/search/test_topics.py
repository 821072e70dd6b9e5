"""Search finds words in texts and titles, shows why, and never what the reader may not see."""

import pytest

from community.models import Group, Member
from forum import search
from forum.models import Post, fulltext
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, PostFactory, TopicFactory


def look(member: Member | None, words: str) -> list[search.Hit]:
    return search.find(member, search.parse(words)).hits


def found(words: str, reader: Member | None = None) -> list[int]:
    return [hit.row.post for hit in look(reader, words)]


def post(body: str, **topic: object) -> Post:
    written = TopicFactory(**topic).posts.get()
    written.body = body
    written.save()
    return written


def test_a_word_in_a_text_is_found_with_its_sentence(db: None) -> None:
    wanted = post("We tried three <b>backup</b> tools & kept one.")
    post("Nothing of the sort.")
    (hit,) = look(None, "backup")
    assert (hit.row.post, hit.row.topic, hit.title) == (wanted.pk, wanted.topic_id, wanted.topic.title)
    assert (hit.url, hit.at) == (wanted.get_absolute_url(), wanted.created_at)
    assert hit.facts == f"{wanted.author.shown_name} · {wanted.topic.category.name}"
    assert "<mark>backup</mark>" in hit.excerpt_html
    assert "<b>" not in hit.excerpt_html
    assert "&amp; kept" in hit.excerpt_html


@pytest.mark.parametrize("slug", ["", "a-plain-one", "über-kopien", "резервные-копии", "備份"])
def test_a_hit_leads_to_the_address_of_the_post(db: None, slug: str) -> None:
    wanted = post("quokka", slug=slug)
    assert [hit.url for hit in look(None, "quokka")] == [wanted.get_absolute_url()]


def test_a_word_is_found_in_its_other_forms(db: None) -> None:
    wanted = post("Restoring took two days.")
    assert found("restore") == [wanted.pk]


def test_a_word_in_a_title_leads_to_the_first_post_and_counts_more(db: None) -> None:
    named = post("Opinions?", title="Firewalls for ten people")
    saying = post("Someone mentioned firewalls in passing, among many other things that we talked about that evening.")
    assert found("firewalls") == [named.pk, saying.pk]


def test_one_hit_a_topic(db: None) -> None:
    first = post("invoice invoice invoice")
    PostFactory(
        topic=first.topic, number=2, body="the invoice, once more, in a much longer text than the first one was"
    )
    assert len(look(None, "invoice")) == 1


def test_all_words_must_be_there_and_a_phrase_in_its_order(db: None) -> None:
    wanted = post("cash flow in winter")
    other = post("the flow of cash")
    assert set(found("cash flow")) == {wanted.pk, other.pk}
    assert found('"cash flow"') == [wanted.pk]
    assert found("cash winter") == [wanted.pk]


def test_an_edited_text_is_found_by_its_new_words_only(db: None) -> None:
    changed = post("an old sentence")
    changed.body = "a fresh paragraph"
    changed.save()
    assert look(None, "old") == []
    assert found("fresh") == [changed.pk]


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '""',
        "'",
        "*",
        "AND",
        "NEAR(",
        "body:",
        "-",
        "a OR",
        "(",
        ")",
        "^x",
        "x*",
        "\x00",
        "{}",
        "🫖",
        "''; DROP",
        "%",
        "%s",
        "\\",
    ],
)
def test_whatever_is_typed_is_a_question_and_never_an_error(db: None, query: str) -> None:
    post("an ordinary text")
    assert look(None, query) == []


@pytest.mark.parametrize(
    "typed", ["quokka'", "quokka''", "quokka\\", "quokka\\'", "quokka%", "quokka%s", "quokka {query}"]
)
def test_what_ends_a_string_elsewhere_is_a_word_like_others(db: None, typed: str) -> None:
    wanted = post("One quokka, %s of them, by {query}.")
    post("Another animal.")
    assert found(typed) == [wanted.pk]


def test_what_a_reader_may_not_see_is_not_found(member: Member, joined: Member, group: Group) -> None:
    private = post("the secret handshake", category=MembersOnlyFactory(group=group))
    hidden = post("a secret that was hidden", category=CategoryFactory())
    Post.objects.filter(pk=hidden.pk).update(hidden_at=hidden.created_at)
    removed = post("a secret that was removed", category=CategoryFactory())
    Post.objects.filter(pk=removed.pk).update(deleted_at=removed.created_at)
    assert look(None, "secret") == []
    assert look(member, "secret") == []
    assert found("secret", joined) == [private.pk]
    assert found("secret", hidden.author) == [hidden.pk]


def test_a_topic_of_which_the_first_post_is_hidden_leaves_no_gap(db: None) -> None:
    older, hidden, newest = [post("Opinions?", title="Firewalls") for _ in range(3)]
    Post.objects.filter(pk=hidden.pk).update(hidden_at=hidden.created_at)
    assert found("firewalls") == [newest.pk, older.pk]
    assert found("firewalls", hidden.author) == [newest.pk, hidden.pk, older.pk]
    pages = [search.find(None, search.parse("firewalls"), limit=1, skip=skip) for skip in range(3)]
    assert [[hit.row.post for hit in page.hits] for page in pages] == [[newest.pk], [older.pk], []]
    assert [page.has_more for page in pages] == [True, False, False]
    Post.objects.filter(pk=newest.pk).update(hidden_at=newest.created_at)
    assert [hit.row.post for hit in search.find(None, search.parse("firewalls"), limit=1).hits] == [older.pk]


def test_it_costs_three_queries_however_much_is_found(db: None, django_assert_num_queries) -> None:
    post("teapot")
    with django_assert_num_queries(3):
        look(None, "teapot")
    post("another teapot")
    post("a third teapot")
    with django_assert_num_queries(3):
        assert len(look(None, "teapot")) == 3
    with django_assert_num_queries(0):
        look(None, "   ")


@pytest.mark.sqlite
def test_triggers_come_back_after_a_migration_and_the_index_knows_what_happened_meanwhile(db: None) -> None:
    class Step:
        app_label = "forum"

    fulltext.before_migrate(using="default", plan=[(Step, False)])
    wanted = post("written while the triggers were away")
    assert look(None, "triggers") == []
    fulltext.after_migrate(using="default")
    assert found("triggers") == [wanted.pk]
    again = post("written after")
    assert found("after") == [again.pk]
