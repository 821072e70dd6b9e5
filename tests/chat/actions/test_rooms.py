"""Opening rooms, seating and unseating."""

from chat.actions import rooms
from chat.models import Room, Seat
from community import registry
from tests.factories.chat import RoomFactory, SeatFactory


def test_opens_a_room_that_knows_what_it_belongs_to(group, at):
    room = rooms.open_room(
        group=group, title="December", audience="seated", origin_title="December meetup", origin_url="/x/", at=at
    )
    room.refresh_from_db()
    assert (room.title, room.audience, room.origin_title, room.origin_url) == (
        "December",
        Room.Audience.SEATED,
        "December meetup",
        "/x/",
    )
    assert (room.last_seq, room.is_main) == (0, False)


def test_a_founded_group_has_one_main_room(group, member, at):
    registry.announce("founded", group=group, actor=member, at=at)
    again = rooms.open_main_room(group=group, at=at)
    assert list(Room.objects.values_list("pk", "is_main", "audience")) == [(again.pk, True, "group")]


def test_a_seat_lets_in_and_taking_it_shuts_out(group, member, at, said, django_capture_on_commit_callbacks):
    room = RoomFactory(group=group, audience=Room.Audience.SEATED)
    rooms.seat(room=room, member=member, at=at)
    rooms.seat(room=room, member=member, at=at)
    assert list(Room.objects.visible_to(member)) == [room]
    with django_capture_on_commit_callbacks(execute=True):
        rooms.unseat(room=room, member=member, at=at)
    assert list(Room.objects.visible_to(member)) == []
    assert said == [(f"member:{member.pk}", {"type": "rights.changed"})]


def test_coming_back_keeps_the_place_read_to(db, at):
    seat = SeatFactory(left_at=at, last_read_seq=7)
    rooms.seat(room=seat.room, member=seat.member, at=at)
    assert list(Seat.objects.values_list("last_read_seq", "left_at")) == [(7, None)]


def test_leaving_the_group_rechecks_open_pages(group, joined, at, said, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        registry.announce("left", group=group, member=joined, at=at)
    assert (f"member:{joined.pk}", {"type": "rights.changed"}) in said


def test_a_departed_member_keeps_no_seat(db, at):
    kept, gone = SeatFactory(), SeatFactory()
    registry.announce("departed", member=gone.member, at=at)
    assert list(Seat.objects.values_list("pk", flat=True)) == [kept.pk]
