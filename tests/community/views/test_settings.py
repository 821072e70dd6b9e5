"""Settings, as browsers see them."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from community import places
from community.models import Affiliation, Block, Member, Organisation
from community.places import Place
from tests.factories.community import AffiliationFactory, MemberFactory, OrganiserFactory

pytestmark = pytest.mark.django_db

PAGES = [
    "settings",
    "settings-profile",
    "handle",
    "settings-affiliations",
    "settings-blocks",
    "settings-data",
    "settings-delete",
]
PROFILE = {"display_name": "Anna Kay", "about": "", "place": "", "time_zone": "Europe/London"}


@pytest.fixture
def anna() -> Member:
    return MemberFactory(handle="anna", display_name="Anna Kay", email="anna@example.org", password="!")


@pytest.fixture
def mine(anna: Member, signed_in) -> Client:
    return signed_in(anna)


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leeds is all there is."""
    leeds = Place("Leeds", "England", "GB", 53.79648, -1.54785)
    monkeypatch.setattr(places, "find", lambda text, country="GB": leeds if text.lower() == "leeds" else None)
    monkeypatch.setattr(places, "suggest", lambda text, country="GB": [leeds] if text.startswith("Le") else [])
    monkeypatch.setattr(places, "hint", lambda text: "")


@pytest.mark.parametrize("name", PAGES)
def test_for_members_only(mine: Client, client: Client, name: str) -> None:
    address = reverse(f"community:{name}")
    assert mine.get(address).status_code == 200
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={address}")


@pytest.mark.parametrize("name", ["settings-data-download"])
def test_downloads_are_posted(mine: Client, client: Client, name: str) -> None:
    assert mine.get(reverse(f"community:{name}")).status_code == 405
    assert client.post(reverse(f"community:{name}")).status_code == 302


@pytest.mark.parametrize("amount", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("settings", 4), ("settings-affiliations", 4), ("settings-blocks", 3)])
def test_queries(anna, mine, at, django_assert_num_queries, name: str, queries: int, amount: int) -> None:
    for _ in range(amount):
        AffiliationFactory(member=anna)
        Block.objects.create(member=anna, blocked=MemberFactory(), created_at=at)
    mine.get(reverse(f"community:{name}"))
    with django_assert_num_queries(queries):
        mine.get(reverse(f"community:{name}"))


def test_the_overview_nudges_until_a_handle_is_chosen(anna: Member, mine: Client) -> None:
    assert "Choose your handle" not in mine.get("/settings/").content.decode()
    Member.objects.filter(pk=anna.pk).update(is_handle_chosen=False)
    assert "Choose your handle" in mine.get("/settings/").content.decode()


def test_profile_is_kept(anna: Member, mine: Client) -> None:
    out = BytesIO()
    Image.new("RGB", (900, 600), "red").save(out, "JPEG")
    face = SimpleUploadedFile("me.exe", out.getvalue(), content_type="application/x-msdownload")
    values = PROFILE | {"about": "I mend printers", "place": "Leeds", "time_zone": "Europe/Paris", "is_findable": "on"}
    answer = mine.post("/settings/profile/", values | {"avatar": face})
    assert (answer.status_code, answer["Location"]) == (302, "/settings/profile/")
    anna.refresh_from_db()
    assert (anna.about, anna.place_name, anna.latitude, anna.longitude, anna.time_zone) == (
        "I mend printers",
        "Leeds",
        53.8,
        -1.55,
        "Europe/Paris",
    )
    assert (anna.is_findable, anna.is_listed_by_name) == (True, False)
    assert (anna.avatar.width, anna.avatar.height, anna.avatar.file.name.endswith(".webp")) == (512, 512, True)
    mine.post("/settings/profile/", values | {"drop_avatar": "on"})
    anna.refresh_from_db()
    assert (anna.avatar, anna.place_name, anna.latitude) == (None, "Leeds", 53.8)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"place": "Leedz"}, "We do not know “Leedz”. Did you mean Leeds, England, GB?"),
        ({"place": "Atlantis"}, "We do not know “Atlantis”. Try the nearest bigger town."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"display_name": " "}, "This field is required"),
        ({"avatar": SimpleUploadedFile("me.png", b"<svg/>")}, "This is an SVG drawing"),
    ],
)
def test_a_wrong_profile_says_so_and_keeps_what_was_typed(anna, mine, wrong: dict, says: str) -> None:
    answer = mine.post("/settings/profile/", PROFILE | {"about": "I mend printers"} | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "I mend printers" in page
    anna.refresh_from_db()
    assert anna.about == ""


def test_choosing_a_handle(anna: Member, mine: Client) -> None:
    Member.objects.filter(pk=anna.pk).update(is_handle_chosen=False)
    MemberFactory(handle="modern")
    answer = mine.post("/settings/handle/", {"handle": "Modem"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“modem” is taken, or looks like the handle of somebody here." in page
    assert 'value="Modem"' in page
    assert page.count("@modem-") == 3
    for wish in ("pаypal", "admin", "a b"):
        assert mine.post("/settings/handle/", {"handle": wish}).status_code == 422
    assert mine.post("/settings/handle/", {"handle": "anna.kay"})["Location"] == "/settings/"
    anna.refresh_from_db()
    assert (anna.handle, anna.is_handle_chosen) == ("anna.kay", True)
    assert mine.post("/settings/handle/", {"handle": "other"}).status_code == 200
    assert Member.objects.get(pk=anna.pk).handle == "anna.kay"


def test_declaring_and_ending_a_tie(anna: Member, mine: Client) -> None:
    page = mine.get("/settings/affiliations/").content.decode()
    assert "Selling, recommending or using somebody’s products is <strong>not</strong> a tie" in page
    tie = {"organisation": "Acme Backup", "kind": "employee", "starts_on": "2026-01-01"}
    assert mine.post("/settings/affiliations/", tie)["Location"] == "/settings/affiliations/"
    made = Affiliation.objects.get()
    assert (made.member, made.organisation.name, made.kind) == (anna, "Acme Backup", "employee")
    assert "Acme Backup" in mine.get("/settings/affiliations/").content.decode()
    others = AffiliationFactory()
    assert mine.post(reverse("community:affiliation-end", args=[others.pk])).status_code == 404
    assert mine.post(reverse("community:affiliation-end", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.ends_on is not None


@pytest.mark.parametrize(
    "wrong", [{"kind": "friend"}, {"starts_on": "yesterday"}, {"starts_on": "1066-10-14"}, {"organisation": " "}]
)
def test_a_wrong_tie_is_not_kept(mine: Client, wrong: dict) -> None:
    tie = {"organisation": "Acme", "kind": "owner", "starts_on": "2026-01-01"} | wrong
    answer = mine.post("/settings/affiliations/", tie)
    assert answer.status_code == 422
    assert not Affiliation.objects.exists()
    assert not Organisation.objects.exists()


def test_blocking(anna: Member, mine: Client, client: Client) -> None:
    other = MemberFactory(handle="محمد", display_name="Mohammed")
    address = reverse("community:block", args=[other.handle])
    assert client.post(address).status_code == 302
    assert not Block.objects.exists()
    assert mine.get(address).status_code == 405
    assert mine.post(address, {"next": "/members/x/"})["Location"] == "/members/x/"
    assert Block.objects.get().blocked == other
    assert "Mohammed" in mine.get("/settings/blocks/").content.decode()
    away = mine.post(reverse("community:unblock", args=[other.handle]), {"next": "https://evil.example/"})
    assert away["Location"] == reverse("cms:profile", args=[other.handle])
    assert not Block.objects.exists()
    assert mine.post(reverse("community:block", args=["nobody"])).status_code == 404
    assert mine.post(reverse("community:block", args=["anna"])).status_code == 302
    assert not Block.objects.exists()


def test_download(anna: Member, mine: Client) -> None:
    answer = mine.post("/settings/data/download/")
    assert answer["Content-Type"] == "application/zip"
    assert 'filename="pilot-light-anna-' in answer["Content-Disposition"]
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as file:
        assert json.loads(file.read("data/profile.json"))[0]["email"] == "anna@example.org"


def test_deleting_needs_the_handle_typed(anna: Member, mine: Client) -> None:
    group = OrganiserFactory(member=anna).group
    assert group.name in mine.get("/settings/data/delete/").content.decode()
    answer = mine.post("/settings/data/delete/", {"handle": "ana"})
    assert answer.status_code == 422
    assert "Nothing was deleted" in answer.content.decode()
    assert Member.objects.get(pk=anna.pk).is_active
    assert mine.post("/settings/data/delete/", {"handle": "@Anna"})["Location"] == "/"
    assert Member.objects.get(pk=anna.pk).departed_at
    assert mine.get("/settings/").status_code == 302


def test_deleting_asks_for_the_password_again(anna: Member, mine: Client) -> None:
    anna.set_password("seven red kettles")
    anna.save()
    mine.force_login(anna)
    answer = mine.post("/settings/data/delete/", {"handle": "anna"})
    assert answer["Location"].startswith("/account/reauthenticate/")
    assert Member.objects.get(pk=anna.pk).is_active
