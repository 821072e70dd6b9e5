"""A new site gets its front door, its pages of words, and a group of editors; again it changes nothing."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group as Rights
from django.contrib.auth.models import Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from cms.models import ContentPage, HomePage, NewsIndexPage
from cms.text import PAGES

EDITORS = "Editors"
"""Who is in it may enter `/cms/`, write and publish."""
ON_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
ON_FILES = ("add_picture", "change_picture", "choose_picture", "add_file", "change_file", "choose_file")


@transaction.atomic
def make_pages() -> list[str]:
    """Make what is missing and answer the titles of it; what editors changed or unpublished is left alone."""
    made: list[str] = []
    home = _home(made)
    if not NewsIndexPage.objects.exists():
        _add(home, NewsIndexPage(title="News", slug="news"), made)
    contact = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    taken = set(Page.objects.child_of(home).values_list("slug", flat=True))
    for words in PAGES:
        if words.slug not in taken:
            page = ContentPage(title=words.title, slug=words.slug, summary=words.summary, body=words.body(contact))
            _add(home, page, made)
    _editors(home)
    return made


def _home(made: list[str]) -> HomePage:
    """The root of the default site: Wagtail's welcome page gives way to ours."""
    site = Site.objects.filter(is_default_site=True).first()
    home = HomePage.objects.first()
    if home is None:
        home = HomePage(title=settings.WAGTAIL_SITE_NAME, slug="front-door")
        _add(Page.get_first_root_node(), home, made)
    where = urlsplit(settings.BASE_URL)
    if site is None:
        site = Site(is_default_site=True)
    welcome = site.root_page if site.root_page_id and site.root_page_id != home.pk else None
    site.root_page = home
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.hostname = where.hostname or "localhost"
    site.port = where.port or (443 if where.scheme == "https" else 80)
    site.save()
    if welcome is not None and not welcome.get_children().exists():
        welcome.delete()
    return home


def _add(parent: Page, page: Page, made: list[str]) -> None:
    parent.add_child(instance=page)
    made.append(page.title)


def _editors(home: HomePage) -> None:
    """Editors write and publish below the front door; they may add pictures and files."""
    editors, _ = Rights.objects.get_or_create(name=EDITORS)
    editors.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    on_pages = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=ON_PAGES)
    GroupPagePermission.objects.filter(group=editors).exclude(page=home).delete()
    for permission in on_pages:
        GroupPagePermission.objects.get_or_create(group=editors, page=home, permission=permission)
    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(content_type__app_label="assets", codename__in=ON_FILES):
        GroupCollectionPermission.objects.get_or_create(group=editors, collection=root, permission=permission)
