"""A new site gets its pages once; what editors did stays."""

import pytest
from django.contrib.auth.models import Group as Rights
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from cms.actions import sites
from cms.models import ContentPage, HomePage, NewsIndexPage
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


def test_a_new_site_gets_its_pages():
    made = sites.make_pages()

    assert made == ["Pilot Light", "News", "About", "How it works", "Privacy"]
    site = Site.objects.get()
    assert (site.root_page.specific, site.is_default_site) == (HomePage.objects.get(), True)
    assert set(Page.objects.filter(depth=2).values_list("slug", flat=True)) == {"front-door"}
    assert NewsIndexPage.objects.get().url == "/news/"
    assert [page.url for page in ContentPage.objects.order_by("path")] == ["/about/", "/how-it-works/", "/privacy/"]


def test_the_second_time_changes_nothing():
    sites.make_pages()
    before = list(Page.objects.order_by("path").values_list("pk", "path", "live", "title"))

    assert sites.make_pages() == []
    assert list(Page.objects.order_by("path").values_list("pk", "path", "live", "title")) == before


def test_what_editors_changed_or_took_down_stays():
    sites.make_pages()
    about = ContentPage.objects.get(slug="about")
    about.title = "Who we are"
    about.save()
    ContentPage.objects.get(slug="privacy").unpublish()

    sites.make_pages()

    assert ContentPage.objects.get(slug="about").title == "Who we are"
    assert not ContentPage.objects.get(slug="privacy").live


def test_a_page_thrown_away_comes_back_when_asked():
    sites.make_pages()
    ContentPage.objects.get(slug="about").delete()

    assert sites.make_pages() == ["About"]


def test_editors_may_publish_below_the_front_door_and_no_more():
    sites.make_pages()
    editors = Rights.objects.get(name="Editors")
    editor = MemberFactory()
    editor.groups.add(editors)

    assert {each.page.specific for each in editors.page_permissions.select_related("page")} == {HomePage.objects.get()}
    assert NewsIndexPage.objects.get().permissions_for_user(editor).can_publish_subpage()
    assert not Page.get_first_root_node().permissions_for_user(editor).can_add_subpage()
    assert editor.has_perm("wagtailadmin.access_admin")
    assert not editor.has_perm("community.change_member")


def test_the_pages_can_be_read_and_say_whom_to_write_to(settings):
    settings.DEFAULT_FROM_EMAIL = "Us <us@example.org>"
    sites.make_pages()

    for address, words in [
        ("/about/", "us@example.org"),
        ("/how-it-works/", "they are kept in their place"),
        ("/privacy/", "us@example.org"),
    ]:
        answer = Client().get(address)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert words in page
        assert "CONTACT" not in page


def test_the_command_says_what_it_made(capsys):
    call_command("make_pages")
    call_command("make_pages")

    said = capsys.readouterr().out.splitlines()
    assert said == ["Made: Pilot Light, News, About, How it works, Privacy.", "All pages are there already."]
