"""RSS for everyone: only what a visitor may read, labels included, 304 when nothing changed."""

from typing import Any, cast

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import conditional_page, require_safe

from community.models import Group
from community.registry import Label, labels
from forum.models import Category, Post, Topic
from live.changes import made_of

ITEMS = 30


class Talk(Feed):
    """The newest topics, each with its first post."""

    feed_type = Rss201rev2Feed
    about: Group | None = None

    def rows(self) -> QuerySet[Topic]:
        """The topics a visitor may see; the feeds below narrow them."""
        return Topic.objects.visible_to(None)

    def items(self) -> list[Post]:
        """First posts of the newest topics, with what must be said beside each author."""
        newest = self.rows().order_by("-id").values_list("pk", flat=True)[:ITEMS]
        rows = Post.objects.visible_to(None).filter(number=1, topic__in=list(newest))
        posts = list(rows.select_related("author", "topic").order_by("-topic"))
        said = labels({post.author_id for post in posts}, self.about)
        for post in posts:
            setattr(post, "label", said.get(post.author_id))  # noqa: B010  (carried to item_author_name)
        return posts

    def item_title(self, item: Any) -> str:
        """The topic's."""
        return item.topic.title

    def item_description(self, item: Any) -> str:
        """The text as the page shows it."""
        return item.body_html

    def item_link(self, item: Any) -> str:
        """The topic."""
        return item.topic.get_absolute_url()

    def item_pubdate(self, item: Any) -> Any:
        """When it was written."""
        return item.created_at

    def item_updateddate(self, item: Any) -> Any:
        """When it last changed."""
        return item.edited_at or item.created_at

    def item_author_name(self, item: Any) -> str:
        """Who wrote it, and for whom they work where that matters."""
        label = cast("Label | None", item.label)
        return f"{item.author.shown_name} ({label.text})" if label else item.author.shown_name


class Latest(Talk):
    """Of the whole site."""

    title = "Pilot Light: latest talk"
    description = "New topics from all groups and places."

    def link(self) -> str:
        """The forum."""
        return reverse("forum:index")


class OfCategory(Talk):
    """Of one place."""

    def __init__(self, category: Category) -> None:
        """Know the place."""
        self.category, self.about = category, category.group
        place = f"{category.group.name}: {category.name}" if category.group else category.name
        self.title, self.description = place, category.about or f"New topics in {place}."
        self.link = category.get_absolute_url()

    def rows(self) -> QuerySet[Topic]:
        """Of this place."""
        return super().rows().filter(category=self.category)


class OfGroup(Talk):
    """Of one group."""

    def __init__(self, group: Group) -> None:
        """Know the group."""
        self.about = group
        self.title, self.description = f"{group.name}: talk", f"New topics of {group.name}."
        self.link = reverse("forum:group", args=[group.slug])

    def rows(self) -> QuerySet[Topic]:
        """Of this group."""
        return super().rows().filter(category__group=self.about)


@require_safe
@conditional_page
def latest(request: HttpRequest) -> HttpResponseBase:
    """`/forum/latest.rss`."""
    return made_of(Latest()(request), "forum")


@require_safe
@conditional_page
def category(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/forum/c/<slug>/feed.rss`."""
    found = Category.objects.visible_to(None).select_related("group").filter(slug=slug).first()
    if found is None:
        raise Http404("There is no such place.")
    return made_of(OfCategory(found)(request), f"category:{found.pk}")


@require_safe
@conditional_page
def group(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/groups/<slug>/feed.rss`."""
    found = Group.objects.visible_to(None).filter(slug=slug).first()
    if found is None:
        raise Http404("There is no such group.")
    return made_of(OfGroup(found)(request), f"group:{found.pk}")
