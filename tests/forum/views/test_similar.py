"""What is alike, while a title is typed, on the preview, and at the end of a topic."""

from tests.factories.forum import CategoryFactory, TopicFactory


def test_similar_topics_are_offered_while_typing_and_on_the_preview(client, signed_in, member):
    TopicFactory(title="Backups: how often?")
    inside = signed_in(member)
    assert "Backups: how often?" in inside.get("/forum/similar/?title=my backups").content.decode()
    assert inside.get("/forum/similar/?title=invoices").content.decode().strip() == ""
    assert client.get("/forum/similar/?title=backups")["Location"].startswith("/account/login/")
    form = {"category": CategoryFactory().pk, "title": "My backups", "body": "x", "client_key": "k", "preview": "1"}
    assert "Backups: how often?" in inside.post("/forum/new/", form).content.decode()


def test_related_topics_stand_at_the_end_of_the_last_page(client, db):
    topic = TopicFactory(title="Backups", posts=25)
    TopicFactory(title="Other backups")
    assert "Other backups" not in client.get(topic.get_absolute_url()).content.decode()
    assert "Other backups" in client.get(f"{topic.get_absolute_url()}?page=2").content.decode()
