"""Groups from elsewhere come in by CSV, once, with clear words about every line."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from community.actions import claims
from community.models import Group
from tests.factories.community import ClaimFactory, GroupFactory, MemberFactory

HEADER = "name,city,region,country,website,online,topic\n"
REAL = Path(settings.BASE_DIR).parent / "shared" / "data" / "user-groups.csv"


def bring_in(path: Path, *more: str) -> str:
    said = StringIO()
    call_command("import_groups", str(path), *more, stdout=said)
    return said.getvalue()


@pytest.fixture
def csv(tmp_path: Path):
    def write(text: str | bytes, header: str = HEADER) -> Path:
        path = tmp_path / "groups.csv"
        path.write_bytes(text if isinstance(text, bytes) else (header + text).encode())
        return path

    return write


GOOD = (
    "Leeds Circle,Leeds,England,United Kingdom,https://leeds.example.org,no,Cash flow\n"
    '"Nashville, TN",Nashville,TN,United States,https://nash.example.org,no,\n'
    "東京の会,Tokyo,Kantō,Japan,https://tokyo.example.org,no,\n"
    "نادي القاهرة,القاهرة,,Egypt,,no,\n"
    "Everywhere Online,,,Netherlands,https://online.example.org,yes,\n"
    "Atlantis Circle,Atlantis,,Greece,https://atlantis.example.org,no,\n"
)


def test_good_lines_become_listings_with_place_and_link(db: None, csv) -> None:
    said = bring_in(csv(GOOD), "--source", "elsewhere")
    rows = Group.objects.order_by("id").values_list("slug", "state", "place_name", "country_code", "time_zone")
    assert list(rows) == [
        ("leeds-circle", "listed", "Leeds", "GB", "Europe/London"),
        ("nashville-tn", "listed", "Nashville", "US", "America/Chicago"),
        ("group-tokyo", "listed", "Tokyo", "JP", "Asia/Tokyo"),
        ("group-cairo", "listed", "Cairo", "EG", "Africa/Cairo"),
        ("everywhere-online", "listed", "", "NL", "UTC"),
        ("atlantis-circle", "listed", "Atlantis", "GR", "UTC"),
    ]
    assert Group.objects.get(slug="leeds-circle").website == "https://leeds.example.org"
    assert "line 6: kept without a position: Everywhere Online (Netherlands)." in said
    assert "line 7: kept without a position: Atlantis Circle (Atlantis, Greece)." in said
    assert said.splitlines()[-1] == "elsewhere: 6 added, 0 changed, 0 as before; 4 located, 2 not; 0 lines left out."


def test_the_same_file_twice_changes_nothing_and_an_amended_one_amends(db: None, csv) -> None:
    bring_in(csv(GOOD))
    assert "0 added, 0 changed, 6 as before" in bring_in(csv(GOOD))
    said = bring_in(csv(GOOD.replace("leeds.example.org", "circle.example.org")))
    assert "0 added, 1 changed, 5 as before" in said
    assert Group.objects.count() == 6
    assert Group.objects.get(slug="leeds-circle").website == "https://circle.example.org"


def test_another_source_is_another_listing_under_another_address(db: None, csv) -> None:
    GroupFactory(slug="leeds-circle")
    bring_in(csv(GOOD), "--source", "one")
    bring_in(csv(GOOD), "--source", "two")
    slugs = Group.objects.filter(name="Leeds Circle").order_by("id").values_list("slug", flat=True)
    assert list(slugs) == ["leeds-circle-2", "leeds-circle-3"]


def test_a_claimed_group_says_itself_what_is_true(db: None, csv, at) -> None:
    bring_in(csv(GOOD))
    group = Group.objects.get(slug="leeds-circle")
    claims.accept(actor=MemberFactory(is_moderator=True), claim=ClaimFactory(group=group), at=at)
    said = bring_in(csv(GOOD.replace("leeds.example.org", "circle.example.org")))
    group.refresh_from_db()
    assert (group.state, group.website) == ("active", "https://leeds.example.org")
    assert "left alone, it lives here now: Leeds Circle." in said


def test_a_dry_run_reports_and_writes_nothing(db: None, csv) -> None:
    assert "6 would be added" in bring_in(csv(GOOD), "--dry-run")
    assert Group.objects.count() == 0


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Too,few,columns\n", "line 2: left out: 3 columns instead of 7."),
        ("A,B,C,D,E,no,G,H\n", "line 2: left out: 8 columns instead of 7."),
        (",Leeds,,United Kingdom,,no,\n", "line 2: left out: no name."),
        ("A,Leeds,,United Kingdom,,perhaps,\n", "line 2: left out: online is “perhaps”, not yes or no."),
        (f"{'A' * 121},Leeds,,United Kingdom,,no,\n", "line 2: left out: name is longer than 120 characters."),
        ('A,"Leeds"x,,United Kingdom,,no,\n', "line 2: left out: broken quotes"),
    ],
)
def test_a_broken_line_is_left_out_and_the_others_come_in(db: None, csv, line: str, why: str) -> None:
    said = bring_in(csv(line + "Fine,Leeds,,United Kingdom,,no,\n"))
    assert why in said
    assert list(Group.objects.values_list("name", flat=True)) == ["Fine"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://http://x.org/", "ftp://example.org/", "www.example.org"]
)
def test_a_bad_address_is_dropped_and_the_group_kept(db: None, csv, url: str) -> None:
    said = bring_in(csv(f"Fine,Leeds,,United Kingdom,{url},no,\n"))
    assert f"line 2: kept without its link: Fine (“{url}” is no web address)." in said
    assert list(Group.objects.values_list("name", "website")) == [("Fine", "")]


def test_the_same_group_twice_in_one_file(db: None, csv) -> None:
    said = bring_in(csv("Fine,Leeds,,United Kingdom,,no,\n" * 2))
    assert "line 3: left out: the same group as in line 2." in said
    assert Group.objects.count() == 1


def test_an_open_quote_at_the_end_is_said(db: None, csv) -> None:
    assert "broken quotes" in bring_in(csv('Fine,Leeds,,United Kingdom,,no,\n"Open,Leeds,,United Kingdom,,no,\n'))
    assert Group.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "must name the columns"),
        (b"title,town\nA,B\n", "missing: city, country, name, online, region, topic, website; unknown: title, town"),
        (b"name,city,region,country,website,online\n", "missing: topic"),
        (HEADER.encode() + "Zürich\n".encode("latin-1"), "line 2 is not UTF-8"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_whole(db: None, csv, content: bytes, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        bring_in(csv(content))
    assert Group.objects.count() == 0


def test_a_missing_file_is_said(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        bring_in(tmp_path / "absent.csv")


def test_a_spreadsheet_s_mark_and_another_order_of_columns_are_fine(db: None, csv) -> None:
    text = "\ufeffTopic,Name,City,Region,Country,Website,Online\r\nHiring,Fine,Leeds,,UK,,no\r\n\r\n"
    bring_in(csv(text.encode()))
    assert list(Group.objects.values_list("name", "topic", "country_code")) == [("Fine", "Hiring", "GB")]


def test_ten_thousand_lines_cost_a_few_queries_a_batch(db: None, csv, django_assert_max_num_queries) -> None:
    lines = "".join(f"Group {n},Leeds,,United Kingdom,https://example.org/{n},no,\n" for n in range(10_000))
    with django_assert_max_num_queries(20 * 16 + 10):  # SQLite takes 33 rows an INSERT
        said = bring_in(csv(lines))
    assert "10000 added" in said
    assert "5000 lines…" in said


@pytest.mark.skipif(not REAL.exists(), reason=f"the real list is not at {REAL}")
def test_the_real_list(db: None) -> None:
    said = bring_in(REAL)
    assert said.splitlines()[-1] == (
        "user-groups: 312 added, 0 changed, 0 as before; 291 located, 21 not; 0 lines left out."
    )
    assert "0 added, 0 changed, 312 as before" in bring_in(REAL)
    assert Group.objects.filter(country_code="").count() == 0
