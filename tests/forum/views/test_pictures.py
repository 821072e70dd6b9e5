"""Pictures over HTTP: with a script, without one, and for those who may see them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from forum.models import Enclosure
from tests.factories.forum import EnclosureFactory, MembersOnlyFactory, TopicFactory


def a_file(size=(60, 40)):
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, "PNG")
    return SimpleUploadedFile("box.png", out.getvalue(), "image/png")


def test_a_script_gets_the_markdown_or_why_not(client, signed_in, member):
    assert client.post("/forum/pictures/", {"picture": a_file()}).status_code == 403
    mine = signed_in(member)
    answer = mine.post("/forum/pictures/", {"picture": a_file(), "words": "A red [box]"})
    key = Enclosure.objects.get().key
    assert (answer.status_code, answer.json()) == (201, {"markdown": f"![A red (box)](/forum/pictures/{key})"})
    svg = SimpleUploadedFile("x.png", b"<svg onload='alert(1)'>", "image/png")
    answer = mine.post("/forum/pictures/", {"picture": svg})
    assert (answer.status_code, answer.json()["why"][:27]) == (422, "This is an SVG drawing, whi")
    for _ in range(2):
        mine.post("/forum/pictures/", {"picture": a_file()})
    answer = mine.post("/forum/pictures/", {"picture": a_file()})
    assert (answer.status_code, int(answer["Retry-After"]) > 80_000) == (429, True)


def test_without_a_script_it_is_put_at_the_end_and_looked_at_first(signed_in, member):
    topic, mine = TopicFactory(), signed_in(member)
    typed = {"body": "My desk:", "client_key": "k", "picture": a_file(), "picture_words": "A red box"}
    page = mine.post(f"/forum/reply/{topic.pk}/", typed).content.decode()
    sent = Enclosure.objects.get()
    assert f"My desk:\n\n![A red box](/forum/pictures/{sent.key})" in page
    assert f'<img src="/forum/pictures/{sent.key}" alt="A red box" width="60" height="40"' in page
    assert topic.posts.count() == 1


def test_a_bad_one_keeps_the_text(signed_in, member):
    typed = {"body": "My desk:", "client_key": "k", "picture": SimpleUploadedFile("x.png", b"GIF89a")}
    answer = signed_in(member).post(f"/forum/reply/{TopicFactory().pk}/", typed)
    assert answer.status_code == 422
    assert "My desk:</textarea>" in answer.content.decode()
    assert "this is none of them" in answer.content.decode()


def test_it_is_shown_to_those_who_may_read_the_post(client, signed_in, group, joined, member):
    inside = TopicFactory(category=MembersOnlyFactory(group=group)).posts.get()
    url = EnclosureFactory(posts=[inside]).get_absolute_url()
    assert [each.get(url).status_code for each in (client, signed_in(member), signed_in(joined))] == [404, 404, 200]
    answer = signed_in(joined).get(url)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/webp", "private, no-cache")
    again = signed_in(joined).get(url, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 404
    assert answer.content[8:12] == b"WEBP"
