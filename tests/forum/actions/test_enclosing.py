"""Pictures of a past: through the same door as every other, once, and said where they stay out."""

from contextlib import nullcontext
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from assets.models import Picture
from community.models import Member
from forum.actions import claiming, pictures
from forum.actions.enclosing import Came
from forum.actions.rendering import render_again
from forum.models import Enclosure, Post, StandIn
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory
from tests.forum.actions.test_importing import ONE, TWO, bring, prove


def photo(form: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """With a position in its EXIF, where the form has one."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Camera of Ada"
    Image.new("RGB", size, "red").save(out, form, **({"exif": exif} if form == "JPEG" else {}))
    return out.getvalue()


def came(held: bytes, name: str = "rack.jpg", words: str = "The [old] rack") -> Came:
    return Came(f"![x](cid:{name})", name, words, lambda: nullcontext((BytesIO(held), len(held))))


def said(*found: Came, **more):
    return replace(ONE, body="\n\n".join(["Look:", *(each.mark for each in found)]), pictures=found, **more)


@pytest.fixture
def category():
    return CategoryFactory(slug="past")


def test_it_stands_in_its_post_drawn_anew_without_what_the_camera_wrote(category, at):
    assert b"Camera of Ada" in photo()
    outcome = bring(category, said(came(photo())), at=at)
    post, kept = Post.objects.get(), Enclosure.objects.get()
    assert (outcome.pictures, outcome.problems) == (1, [])
    assert post.body == f"Look:\n\n![The (old) rack](/forum/pictures/{kept.key})"
    assert f'<img src="/forum/pictures/{kept.key}" alt="The (old) rack" width="60" height="40"' in post.body_html
    assert (list(kept.posts.all()), kept.member, kept.sent_at) == ([post], post.author, at)
    held = kept.picture.file.read()
    assert (Image.open(BytesIO(held)).format, b"Camera of Ada" in held) == ("WEBP", False)
    before = post.body_html
    Post.objects.update(render_version=0)
    assert list(render_again()) == [1]
    assert Post.objects.get().body_html == before


def test_again_changes_nothing(category, at):
    things = said(came(photo()))
    bring(category, things, at=at)
    outcome = bring(category, things, at=at)
    assert (outcome.same, outcome.pictures) == (1, 0)
    assert (Enclosure.objects.count(), Picture.objects.count()) == (1, 1)
    assert pictures.purge(at + pictures.KEPT * 2) == 0


def test_what_is_no_usable_picture_leaves_its_words_and_is_said(category, at):
    outcome = bring(
        category,
        said(
            came(b"<svg onload=alert(1)>", "a.svg", "A drawing"),
            came(photo()[:300], "b.jpg", ""),
            came(photo("PNG", (7000, 6000)), "c.png", "A wall"),
            came(b"x" * (8 * 1024 * 1024 + 1), "d.png", "A film"),
            came(photo("GIF"), "e.png", "Not what it says"),
        ),
        at=at,
    )
    assert Post.objects.get().body == "Look:\n\nA drawing\n\nb.jpg\n\nA wall\n\nA film\n\nNot what it says"
    assert (outcome.posts, outcome.pictures, Picture.objects.count()) == (1, 0, 0)
    assert [str(problem).removeprefix("1: its picture ") for problem in outcome.problems] == [
        "a.svg: This is an SVG drawing, which can carry programs. Save it as PNG and send that",
        "b.jpg: This picture is damaged: it cannot be opened",
        "c.png: This picture has 42 megapixels. We take up to 40",
        "d.png: This picture has 8 MB. We take up to 8 MB",
        "e.png: We take JPEG, PNG and WebP pictures; this is none of them",
    ]


def test_a_dry_run_opens_them_counts_them_and_keeps_none(category, at):
    things = said(came(photo()), came(b"no", "no.png"))
    dry = bring(category, things, at=at, dry_run=True)
    assert (Post.objects.count(), Picture.objects.count(), Member.objects.count()) == (0, 0, 0)
    assert (dry.pictures, len(dry.problems)) == (1, 1)
    assert dry == bring(category, things, at=at)


def test_only_who_may_read_the_post_sees_it(client, signed_in, group, joined, member, at):
    bring(MembersOnlyFactory(group=group), said(came(photo())), at=at)
    address = Enclosure.objects.get().get_absolute_url()
    seen = [who.get(address).status_code for who in (client, signed_in(member), signed_in(joined))]
    assert seen == [404, 404, 200]


def test_whoever_takes_over_their_posts_takes_over_the_pictures(category, at):
    bring(category, said(came(photo())), TWO, at=at)
    ada = MemberFactory()
    prove("ada@x.example", ada)
    assert claiming.claim(at) == 1
    assert Enclosure.objects.get().member == ada
    assert Picture.objects.get().uploaded_by_user == ada
    assert [stood.address for stood in StandIn.objects.all()] == ["bo@x.example"]
