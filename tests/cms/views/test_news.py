"""News, as readers meet it."""

from datetime import date

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_before_the_first(pages):
    assert "No news yet" in Client().get("/news/").content.decode()


def test_the_newest_first_and_only_what_is_published(news):
    news("Older", published_on=date(2026, 1, 1))
    news("Newer", published_on=date(2026, 2, 1))
    news("Draft", live=False)

    page = Client().get("/news/").content.decode()

    assert page.index("Newer") < page.index("Older")
    assert "Draft" not in page


def test_a_piece_of_news(news):
    item = news("The ledger is open")

    answer = Client().get(item.url)

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<h1>The ledger is open</h1>" in page
    assert "All of The ledger is open" in page
    assert '<a href="/news/">News</a>' in page


def test_pages_of_ten(news):
    for n in range(11):
        news(f"Item {n:02}", published_on=date(2026, 1, n + 1))

    first = Client().get("/news/").content.decode()
    second = Client().get("/news/?page=2").content.decode()

    assert ("Item 10" in first, "Item 00" in first) == (True, False)
    assert ("Item 10" in second, "Item 00" in second) == (False, True)
