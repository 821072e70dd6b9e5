"""Finding words in one room: rooms are small, so every word is looked for as it is typed."""

from chat.models import Message, Room

MOST_FOUND = 50
MOST_WORDS = 8


def found_in(room: Room, words: str) -> list[Message]:
    """The newest messages that stand and hold all these words, in any case; one query, none for no words."""
    wanted = words.split()[:MOST_WORDS]
    if not wanted:
        return []
    rows = Message.objects.filter(room=room, deleted_at=None, hidden_at=None)
    for word in wanted:
        rows = rows.filter(body__icontains=word)
    return list(rows.select_related("author").order_by("-seq")[:MOST_FOUND])
