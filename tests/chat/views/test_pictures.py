"""A picture through the form of a room: with and without a script, and who gets its bytes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chat.models import Enclosure, Message
from tests.chat.actions.test_pictures import bytes_of

FETCH = {"X-Requested-With": "fetch"}


def form(sent: bytes, **more):
    return {"key": "key-00001", "body": "Look", "picture": SimpleUploadedFile("a.png", sent), "words": "A box"} | more


def test_without_a_script_it_comes_back_to_the_room_which_shows_it(signed_in, room, joined):
    client = signed_in(joined)
    page = client.get(f"/chat/{room.pk}/").content.decode()
    for part in ('enctype="multipart/form-data"', 'name="picture"', "What it shows, for those who cannot see it"):
        assert part in page
    answer = client.post(f"/chat/{room.pk}/say/", form(bytes_of().getvalue()))
    assert (answer.status_code, answer["Location"]) == (302, f"/chat/{room.pk}/#m1")
    shown = client.get(f"/chat/{room.pk}/").content.decode()
    assert f'<img src="/chat/pictures/{Enclosure.objects.get().key}" alt="A box"' in shown


def test_a_script_is_answered_in_few_words(signed_in, room, joined):
    client = signed_in(joined)
    for _ in range(2):
        answer = client.post(f"/chat/{room.pk}/say/", form(bytes_of().getvalue()), headers=FETCH)
        assert (answer.status_code, answer.json()) == (201, {"number": 1})
    answer = client.post(f"/chat/{room.pk}/say/", form(b"<svg/>", key="key-00002"), headers=FETCH)
    assert (answer.status_code, "SVG drawing" in answer.json()["why"]) == (403, True)
    assert Message.objects.count() == 1


def test_what_was_typed_stays_when_the_picture_cannot_be(signed_in, room, joined):
    answer = signed_in(joined).post(f"/chat/{room.pk}/say/", form(b"<svg/>"))
    text = answer.content.decode()
    assert (answer.status_code, "SVG drawing" in text, "Look</textarea>" in text, 'value="A box"' in text) == (
        403,
        True,
        True,
        True,
    )


def test_too_many_say_when_to_try_again(signed_in, room, joined):
    joined.trust, joined.attended_at = 0, None
    joined.save()
    client = signed_in(joined)
    for number in range(3):
        client.post(f"/chat/{room.pk}/say/", form(bytes_of().getvalue(), key=f"key-0000{number}"))
    answer = client.post(f"/chat/{room.pk}/say/", form(bytes_of().getvalue(), key="key-00009"))
    assert (answer.status_code, 86_000 < int(answer["Retry-After"]) <= 86_400) == (429, True)


def test_only_those_who_see_the_room_get_it(client, signed_in, room, joined, member):
    signed_in(joined).post(f"/chat/{room.pk}/say/", form(bytes_of().getvalue()))
    address = Enclosure.objects.get().get_absolute_url()
    answer = signed_in(joined).get(address)
    assert (answer["Content-Type"], answer["Cache-Control"], answer.content[8:12]) == (
        "image/webp",
        "private, no-cache",
        b"WEBP",
    )
    assert signed_in(joined).get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert signed_in(member).get(address).status_code == 404
    assert type(client)().get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_pictures_cost_a_page_nothing(signed_in, room, joined, count, django_assert_num_queries):
    client = signed_in(joined)
    for number in range(count):
        client.post(f"/chat/{room.pk}/say/", form(bytes_of().getvalue(), key=f"key-0000{number}"))
    client.get(f"/chat/{room.pk}/")
    # who asks, the room among its neighbours, messages with faces, labels, blocks, the seat
    with django_assert_num_queries(8):
        client.get(f"/chat/{room.pk}/?before={count + 1}&part=log")
