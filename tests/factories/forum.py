"""Places, topics, posts: rows as the actions would leave them, without their work."""

from datetime import UTC, datetime
from io import BytesIO

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image

from assets.models import Picture
from forum import models
from forum.actions import tallies, trees
from tests.factories.community import GroupFactory, MemberFactory

WRITTEN = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


class CategoryFactory(DjangoModelFactory):
    """A place of the site."""

    class Meta:
        model = models.Category

    name = factory.Sequence(lambda n: f"Place {n}")
    slug = factory.Sequence(lambda n: f"place-{n}")


class TalkFactory(CategoryFactory):
    """A place of a group, open to all."""

    group = factory.SubFactory(GroupFactory)
    name = "Talk"
    slug = factory.Sequence(lambda n: f"talk-{n}")


class MembersOnlyFactory(TalkFactory):
    """A place of a group for its members."""

    visible_to_whom = models.Category.Audience.MEMBERS


class TopicFactory(DjangoModelFactory):
    """A topic with `posts` posts, all of them by its author."""

    class Meta:
        model = models.Topic
        skip_postgeneration_save = True

    class Params:
        posts = 1

    category = factory.SubFactory(CategoryFactory)
    author = factory.SubFactory(MemberFactory)
    title = factory.Sequence(lambda n: f"Topic {n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")
    created_at = WRITTEN
    last_posted_at = WRITTEN
    last_author = factory.SelfAttribute("author")
    last_number = factory.SelfAttribute("posts")
    last_shown_number = factory.SelfAttribute("posts")
    post_count = factory.SelfAttribute("posts")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        topic = super()._create(model_class, *args, **kwargs)
        for number in range(1, topic.last_number + 1):
            PostFactory(topic=topic, author=topic.author, number=number, created_at=topic.created_at)
        tallies.again(topic)
        category = topic.category
        category.topic_count += 1
        category.post_count += topic.post_count
        category.last_posted_at = max(category.last_posted_at or topic.last_posted_at, topic.last_posted_at)
        category.save()
        return topic


class PollFactory(DjangoModelFactory):
    """A poll with two `options`."""

    class Meta:
        model = models.Poll
        skip_postgeneration_save = True

    post = factory.SubFactory("tests.factories.forum.PostFactory", number=2)
    question = "Which evening?"
    kind = models.Poll.Kind.SINGLE

    @factory.post_generation
    def options(self, create, extracted, **kwargs):
        for position, text in enumerate(extracted or ("Tuesday", "Wednesday"), 1):
            models.Option.objects.create(poll=self, position=position, text=text)


class EnclosureFactory(DjangoModelFactory):
    """A small picture, in these `posts`."""

    class Meta:
        model = models.Enclosure
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"{n:032x}")
    member = factory.SubFactory(MemberFactory)
    sent_at = WRITTEN

    @factory.lazy_attribute
    def picture(self):
        out = BytesIO()
        Image.new("RGB", (40, 30), "red").save(out, "WEBP")
        return Picture.objects.create(
            title="Red", description="Red", file=ContentFile(out.getvalue(), "red.webp"), uploaded_by_user=self.member
        )

    @factory.post_generation
    def posts(self, create, extracted, **kwargs):
        self.posts.set(extracted or [])


class PostFactory(DjangoModelFactory):
    """One post; counters are the caller's business."""

    class Meta:
        model = models.Post

    topic = factory.SubFactory(TopicFactory)
    author = factory.SubFactory(MemberFactory)
    number = 1
    path = factory.LazyAttribute(lambda o: trees.path_of(o.number, getattr(o, "answers", None)))
    body = factory.Sequence(lambda n: f"What I wrote {n}")
    body_html = factory.LazyAttribute(lambda o: f"<p>{o.body}</p>")
    render_version = 1
    client_key = factory.Sequence(lambda n: f"key-{n}")
    created_at = WRITTEN


class WhisperFactory(DjangoModelFactory):
    """Said after the first post of a group's topic."""

    class Meta:
        model = models.Whisper

    topic = factory.SubFactory(TopicFactory)
    group = factory.SelfAttribute("topic.category.group")
    author = factory.SubFactory(MemberFactory)
    after = 1
    body = factory.Sequence(lambda n: f"Between us {n}")
    body_html = factory.LazyAttribute(lambda o: f"<p>{o.body}</p>")
    render_version = 1
    client_key = factory.Sequence(lambda n: f"whisper-{n}")
    created_at = WRITTEN
