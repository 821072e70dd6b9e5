"""Rendering again: all of it, once, in its place, and never over somebody's edit."""

from io import StringIO

from django.core.management import call_command

from community.text import RENDER_VERSION
from forum.actions import posts, rendering
from forum.models import Post
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, PostFactory, TalkFactory, TopicFactory


def test_it_renders_what_is_old_and_can_be_stopped(monkeypatch):
    monkeypatch.setattr(rendering, "BATCH", 2)
    old = [PostFactory(number=2, body="*new*", body_html="old", render_version=1) for _ in range(3)]
    now = PostFactory(number=2, body="*new*", body_html="kept", render_version=RENDER_VERSION)
    Post.objects.exclude(pk__in=[post.pk for post in (*old, now)]).update(render_version=RENDER_VERSION)
    assert next(rendering.render_again()) == 2
    assert rendering.waiting() == 1
    assert list(rendering.render_again()) == [1]
    assert list(rendering.render_again()) == []
    assert {Post.objects.get(pk=post.pk).body_html for post in old} == {"<p><em>new</em></p>\n"}
    assert Post.objects.get(pk=now.pk).body_html == "kept"


def test_an_edit_meanwhile_stays(monkeypatch):
    post = PostFactory(number=2, body="first", body_html="old", render_version=1)
    Post.objects.exclude(pk=post.pk).update(render_version=RENDER_VERSION)
    render = rendering.render

    def while_edited(*args, **more):
        Post.objects.filter(pk=post.pk).update(body="second", body_html="<p>second</p>")
        return render(*args, **more)

    monkeypatch.setattr(rendering, "render", while_edited)
    list(rendering.render_again())
    assert Post.objects.get(pk=post.pk).body_html == "<p>second</p>"


def test_the_command_says_how_many():
    PostFactory(topic=TopicFactory(posts=0), render_version=1)
    said = StringIO()
    call_command("render_again", stdout=said)
    call_command("render_again", stdout=said)
    assert said.getvalue().splitlines() == ["1 posts were rendered again.", "Every post is up to date."]


def test_a_link_to_a_place_never_tells_its_name_to_others(group, member, at):
    organisers = TalkFactory(group=group, visible_to_whom="organisers", name="Money", slug="money")
    members = MembersOnlyFactory(group=group, name="Inner", slug="inner")
    elsewhere = MembersOnlyFactory(name="Other", slug="other")
    open_place = CategoryFactory(name="Open", slug="open")
    text = "#money #inner #other #open"
    named = {
        place.slug: [
            each.name
            for each in (organisers, members, elsewhere, open_place)
            if f"{each.name}</a>" in posts.writing.prepare(member, text, place).html
        ]
        for place in (organisers, members, open_place)
    }
    assert named == {"money": ["Money", "Inner", "Open"], "inner": ["Inner", "Open"], "open": ["Open"]}
