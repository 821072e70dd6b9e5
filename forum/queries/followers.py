"""Who follows a topic: `queries.levels` asked from the other side, as conditions over members."""

from django.db.models import Q

from forum.models import Follow, Reading, Topic

Level = Reading.Level


def watching(topic: Topic) -> Q:
    """Those who hear of every post; who muted it is taken out by `muting`."""
    here = Reading.objects.filter(topic=topic)
    of_place = _at(topic, Level.WATCHING) & ~_chose_for(topic)
    return Q(pk__in=here.filter(level=Level.WATCHING).values("member")) | of_place


def perhaps(topic: Topic) -> set[int]:
    """Whoever chose to watch the topic or a place of it, heard or overruled: few, and found by key; one query."""
    here = Reading.objects.filter(topic=topic, level=Level.WATCHING).values_list("member")
    of_place = Q(category=topic.category_id) | Q(tag__taggings__topic=topic)
    if group := topic.category.group_id:
        of_place |= Q(group=group)
    there = Follow.objects.filter(of_place, level=Level.WATCHING).values_list("member")
    return {pk for (pk,) in here.union(there)}


def muting(topic: Topic) -> Q:
    """Those who want to hear nothing, not even their name."""
    here = Reading.objects.filter(topic=topic, level=Level.MUTED)
    return Q(pk__in=here.values("member")) | (_at(topic, Level.MUTED) & ~_chose_for(topic))


def _chose_for(topic: Topic) -> Q:
    return Q(pk__in=Reading.objects.filter(topic=topic, level_reason="chosen").values("member"))


def _at(topic: Topic, level: str) -> Q:
    """Who chose this level for a tag of the topic; else for its category; else for its group."""
    tagged = Follow.objects.filter(tag__taggings__topic=topic).exclude(level="")
    nearer = Follow.objects.filter(category=topic.category_id).exclude(level="")
    found = Q(pk__in=nearer.filter(level=level).values("member"))
    if group := topic.category.group_id:
        wider = Follow.objects.filter(group=group, level=level)
        found |= Q(pk__in=wider.values("member")) & ~Q(pk__in=nearer.values("member"))
    of_tag = Q(pk__in=tagged.filter(level=level).values("member"))
    if level != Level.MUTED:
        of_tag &= ~Q(pk__in=tagged.filter(level=Level.MUTED).values("member"))
    return of_tag | (found & ~Q(pk__in=tagged.values("member")))
