"""How closely a member follows a topic, said once and in the database: lists, counts and pages all ask this.

What was chosen for the topic itself decides. Otherwise a muted place mutes it, however it came to be followed; else the
louder of the topic (you began it, answered, read on) and its place counts. Of places the nearer decides: a tag (of
several a muted one, else the loudest), the category, then the group, and who is in a group tracks what is said there.
docs/decisions/0038-closest-choice-decides.md, 0056-a-tag-is-nearer-than-a-place.md
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Case, CharField, F, FilteredRelation, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest

from community.models import Group, Member, Membership
from forum.models import Category, Follow, Reading, Tag, Tagging, Topic
from forum.queries.mine import Mine

Level = Reading.Level
EPOCH = Value(datetime(1970, 1, 1, tzinfo=UTC))
COUNTED = (Level.TRACKING, Level.WATCHING)
"""Levels at which unread posts are counted."""

_WHY = {
    "chosen": "",
    "opened": " because you began it",
    "replied": " because you answered",
    "read": " because you have read here for a while",
}
_WORDS: dict[str, str] = {Level.WATCHING: "Watching", Level.TRACKING: "Tracking", Level.MUTED: "Muted"}
_DO: dict[str, str] = {Level.WATCHING: "watch", Level.TRACKING: "track", Level.MUTED: "have muted"}


@dataclass(frozen=True, slots=True)
class Following:
    """How closely somebody follows a topic or a place, and why, in a sentence."""

    level: str
    sentence: str
    is_chosen: bool = False

    @property
    def word(self) -> str:
        """What the button says."""
        return _WORDS.get(self.level, "Follow")


def with_mine(rows: QuerySet[Topic], member: Member | None) -> QuerySet[Topic]:
    """Join a member's reading of each topic as `mine` and their ways of following its places.

    Adds `my_level`, and `read_before`: the moment of the last "mark all as read" in its category or group.
    """
    who = member.pk if member and member.pk else 0
    own = Membership.objects.live().filter(member=who).values("group")
    tracked_at_least = Q(mine__level__in=COUNTED) | Q(place_level__in=COUNTED)
    return rows.annotate(
        mine=FilteredRelation("readings", condition=Q(readings__member=who)),
        of_category=FilteredRelation("category__follows", condition=Q(category__follows__member=who)),
        of_group=FilteredRelation(
            "category__group__forum_follows", condition=Q(category__group__forum_follows__member=who)
        ),
        read_before=Greatest(
            Coalesce(F("of_category__all_read_at"), EPOCH), Coalesce(F("of_group__all_read_at"), EPOCH)
        ),
        place_level=_case(
            When(of_category__level__gt="", then=F("of_category__level")),
            When(of_group__level__gt="", then=F("of_group__level")),
            When(category__group__in=own, then=Value(Level.TRACKING)),
        ),
        my_level=_case(
            When(mine__level_reason="chosen", then=F("mine__level")),
            When(_tagged(who, Level.MUTED), then=Value(Level.MUTED)),
            When(_tagged(who, Level.WATCHING), then=Value(Level.WATCHING)),
            When(~Q(mine__level=Level.WATCHING) & _tagged(who, Level.TRACKING), then=Value(Level.TRACKING)),
            When(_tagged(who, Level.TRACKING, Level.NORMAL), then=Coalesce(F("mine__level"), Value(Level.NORMAL))),
            When(place_level=Level.MUTED, then=Value(Level.MUTED)),
            When(Q(mine__level=Level.WATCHING) | Q(place_level=Level.WATCHING), then=Value(Level.WATCHING)),
            When(tracked_at_least, then=Value(Level.TRACKING)),
        ),
    )


def following(topic: Topic, mine: Mine) -> Following:
    """How a reader follows a topic: what `mine_in` answered, in words."""
    return _following(topic.category, mine, level_of(mine))


def level_of(mine: Mine) -> str:
    """`my_level` of `with_mine`, worked out of one reader's row."""
    place = mine.tag_level or mine.category_level or mine.group_level or (Level.TRACKING if mine.role else Level.NORMAL)
    if mine.reason == "chosen":
        return mine.level
    if place == Level.MUTED:
        return Level.MUTED
    if Level.WATCHING in {mine.level, place}:
        return Level.WATCHING
    return Level.TRACKING if mine.level in COUNTED or place in COUNTED else Level.NORMAL


def _following(category: Category, mine: Mine, level: str) -> Following:
    if mine.level == level and mine.reason in _WHY:
        return Following(level, _sentence(level, _WHY[mine.reason]), is_chosen=mine.reason == "chosen")
    if mine.tag:
        return Following(level, _sentence(level, f", as all that is tagged “{mine.tag}”"))
    place = f"{category.group.name}: {category.name}" if category.group else category.name
    if mine.category_level:
        return Following(level, _sentence(level, f", as all of {place}"))
    if category.group and mine.group_level:
        return Following(level, _sentence(level, f", as all of {category.group.name}"))
    is_own = category.group is not None and level == Level.TRACKING
    return Following(level, _sentence(level, " because you are in the group" if is_own else ""))


def of_place(member: Member | None, place: Category | Group, *, role: str) -> Following | None:
    """How the reader (with this role in the group) follows a category or a group as a whole; one query."""
    if member is None:
        return None
    group: Group | None = place if isinstance(place, Group) else place.group
    here = Q(group=group) if isinstance(place, Group) else Q(category=place)
    wider = Q(group=group) if group else Q(pk=None)
    rows = Follow.objects.filter(here | wider, member=member).exclude(level="")
    chosen = {bool(is_here): level for is_here, level in rows.annotate(is_here=here).values_list("is_here", "level")}
    if True in chosen:
        return Following(chosen[True], _sentence(chosen[True], ""), is_chosen=True)
    if False in chosen and group:
        return Following(chosen[False], _sentence(chosen[False], f", as all of {group.name}"))
    usual = Level.TRACKING if role else Level.NORMAL
    return Following(usual, _sentence(usual, " because you are in the group"))


def of_tag(member: Member | None, tag: Tag) -> Following | None:
    """How the reader follows all that carries a tag; one query."""
    if member is None:
        return None
    rows = Follow.objects.filter(member=member, tag=tag).exclude(level="")
    if level := rows.values_list("level", flat=True).first():
        return Following(level, _sentence(level, ""), is_chosen=True)
    return Following(Level.NORMAL, "Each topic is followed as its place is.")


def _tagged(who: int, *levels: str) -> Q:
    """Topics with a tag that is followed so: one set for a whole statement, not a question a topic."""
    tags = Follow.objects.filter(member=who, tag__isnull=False, level__in=levels).values("tag")
    return Q(pk__in=Tagging.objects.filter(tag__in=tags).values("topic"))


def _case(*whens: When) -> Case:
    return Case(*whens, default=Value(Level.NORMAL), output_field=CharField())


def _sentence(level: str, why: str) -> str:
    if level not in _DO:
        return "You hear of this only when somebody calls you in."
    return f"You {_DO[level]} this{why}."
