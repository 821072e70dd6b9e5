"""RSS and Atom for everyone: only what a visitor may read, labels included, 304 when nothing changed."""

from typing import Any, cast

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.views.decorators.http import conditional_page, require_safe

from community.models import Group
from community.registry import Label, labels
from forum.models import Category, Post, Tag, Topic
from forum.queries import find_tag
from live.changes import made_of

ITEMS = 30
KINDS: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


class Talk(Feed):
    """The newest topics, each with its first post."""

    about: Group | None = None

    def __init__(self, kind: str) -> None:
        """In which language: "rss" or "atom"."""
        self.feed_type = KINDS[kind]
        self.subtitle = getattr(self, "description", "")

    def rows(self) -> QuerySet[Topic]:
        """The topics a visitor may see; the feeds below narrow them."""
        return Topic.objects.visible_to(None)

    def posts(self) -> QuerySet[Post]:
        """First posts of the newest topics."""
        newest = self.rows().order_by("-id").values_list("pk", flat=True)[:ITEMS]
        return Post.objects.visible_to(None).filter(number=1, topic__in=list(newest)).order_by("-topic")

    def items(self) -> list[Post]:
        """The posts, with what must be said beside each author."""
        posts = list(self.posts().select_related("author", "topic"))
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

    def __init__(self, kind: str, category: Category) -> None:
        """Know the place."""
        self.category, self.about = category, category.group
        place = f"{category.group.name}: {category.name}" if category.group else category.name
        self.title, self.description = place, category.about or f"New topics in {place}."
        self.link = category.get_absolute_url()
        super().__init__(kind)

    def rows(self) -> QuerySet[Topic]:
        """Of this place."""
        return super().rows().filter(category=self.category)


class OfGroup(Talk):
    """Of one group."""

    def __init__(self, kind: str, group: Group) -> None:
        """Know the group."""
        self.about = group
        self.title, self.description = f"{group.name}: talk", f"New topics of {group.name}."
        self.link = reverse("forum:group", args=[group.slug])
        super().__init__(kind)

    def rows(self) -> QuerySet[Topic]:
        """Of this group."""
        return super().rows().filter(category__group=self.about)


class OfTag(Talk):
    """Of one tag, wherever its topics stand."""

    def __init__(self, kind: str, tag: Tag) -> None:
        """Know the tag."""
        self.tag = tag
        self.title, self.description = f"Tagged “{tag.name}”", f"New topics about {tag.name}, from every place."
        self.link = tag.get_absolute_url()
        super().__init__(kind)

    def rows(self) -> QuerySet[Topic]:
        """With this tag."""
        return super().rows().filter(taggings__tag=self.tag)


class OfTopic(Talk):
    """The newest posts of one topic."""

    def __init__(self, kind: str, topic: Topic) -> None:
        """Know the topic."""
        self.topic, self.about = topic, topic.category.group
        self.title, self.description = topic.title, f"New posts in “{topic.title}”."
        self.link = topic.get_absolute_url()
        super().__init__(kind)

    def posts(self) -> QuerySet[Post]:
        """By number: the key of the topic's own order."""
        return Post.objects.visible_to(None).filter(topic=self.topic).order_by("-number")[:ITEMS]

    def item_title(self, item: Any) -> str:
        """The topic's, with the number of the post."""
        return f"{self.topic.title} (#{item.number})"

    def item_link(self, item: Any) -> str:
        """The post."""
        return item.get_absolute_url()


@require_safe
@conditional_page
def latest(request: HttpRequest, kind: str) -> HttpResponseBase:
    """`/forum/latest.rss` and `.atom`."""
    return made_of(Latest(kind)(request), "forum")


@require_safe
@conditional_page
def category(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """`/forum/c/<slug>/feed.rss` and `.atom`."""
    found = Category.objects.visible_to(None).select_related("group").filter(slug=slug).first()
    if found is None:
        raise Http404("There is no such place.")
    return made_of(OfCategory(kind, found)(request), f"category:{found.pk}")


@require_safe
@conditional_page
def group(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """`/groups/<slug>/feed.rss` and `.atom`."""
    found = Group.objects.visible_to(None).filter(slug=slug).first()
    if found is None:
        raise Http404("There is no such group.")
    return made_of(OfGroup(kind, found)(request), f"group:{found.pk}")


@require_safe
@conditional_page
def tag(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """`/forum/tags/<name>/feed.rss` and `.atom`; the names a tag had before lead on."""
    found = find_tag(None, name)
    if found is None:
        raise Http404("There is no such tag.")
    if found.name != name:
        return redirect(f"forum:tag-{kind}", found.name, permanent=True)
    return made_of(OfTag(kind, found)(request), "forum")


@require_safe
@conditional_page
def topic(request: HttpRequest, pk: int, slug: str, kind: str) -> HttpResponseBase:
    """`/forum/t/<pk>/<slug>/feed.rss` and `.atom`; a title that changed leaves the address as it was."""
    found = get_object_or_404(Topic.objects.visible_to(None).select_related("category__group"), pk=pk)
    return made_of(OfTopic(kind, found)(request), f"topic:{found.pk}")
