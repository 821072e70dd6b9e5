"""Who follows a topic: `queries.levels` asked from the other side, as conditions over members."""

from django.db.models import Q

from forum.models import Category, Follow, Reading, Topic

Level = Reading.Level


def watching(topic: Topic) -> Q:
    """Those who hear of every post; who muted it is taken out by `muting`."""
    here = Reading.objects.filter(topic=topic)
    of_place = _at(topic.category, Level.WATCHING) & ~_chose_for(topic)
    return Q(pk__in=here.filter(level=Level.WATCHING).values("member")) | of_place


def muting(topic: Topic) -> Q:
    """Those who want to hear nothing, not even their name."""
    here = Reading.objects.filter(topic=topic, level=Level.MUTED)
    return Q(pk__in=here.values("member")) | (_at(topic.category, Level.MUTED) & ~_chose_for(topic))


def _chose_for(topic: Topic) -> Q:
    return Q(pk__in=Reading.objects.filter(topic=topic, level_reason="chosen").values("member"))


def _at(category: Category, level: str) -> Q:
    nearer = Follow.objects.filter(category=category).exclude(level="")
    found = Q(pk__in=nearer.filter(level=level).values("member"))
    if category.group_id:
        wider = Follow.objects.filter(group=category.group_id, level=level)
        found |= Q(pk__in=wider.values("member")) & ~Q(pk__in=nearer.values("member"))
    return found
