"""Tags are put on topics, renamed, merged. Tags are locked before topics, the lower key first."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from community.models import Member
from community.text import tags as text
from community.verdicts import no
from forum.actions import writing
from forum.models import Follow, Tag, Tagging, Topic
from forum.policies.standing import standing_of
from forum.policies.tagging import may_make_tags, may_rename_tags, may_tag
from live.changes import EVERYTHING, changed


def choose(member: Member, names: Sequence[str]) -> list[Tag]:
    """The tags of these (tidied) names, locked, and made where missing; inside a transaction. Raises `NotAllowed`."""
    if not names:
        return []
    if len(names) > text.MOST:
        no(f"A topic has at most {text.MOST} tags. Which ones say it best?").or_refuse()
    for name in names:
        if reason := text.problem(name):
            no(reason).or_refuse()
    return _found_or_made(names, lambda missing: may_make_tags(member, missing).or_refuse())


def bring(names: Sequence[str]) -> list[Tag]:
    """The same for (fit) names that come from elsewhere: whoever runs the site has chosen them."""
    return _found_or_made(names[: text.MOST], lambda _: None)


def put_on(topic: Topic, tags: Sequence[Tag]) -> None:
    """These and no others stand on a locked (or new) topic."""
    Tagging.objects.filter(topic=topic).delete()
    rows = [Tagging(topic=topic, tag=tag, position=n) for n, tag in enumerate(tags[: text.MOST], start=1)]
    Tagging.objects.bulk_create(rows)
    topic.tag_line = line_of(tag.name for tag in tags[: text.MOST])
    topic.save(update_fields=["tag_line"])


def retag(*, actor: Member, topic: Topic, names: Sequence[str], at: datetime) -> None:
    """Other tags for a topic; may run twice. Raises `NotAllowed`."""
    may_tag(standing_of(actor, topic.category.group, at), topic).or_refuse()
    with transaction.atomic():
        tags = choose(actor, names)
        topic = writing.locked(topic.pk)
        may_tag(standing_of(actor, topic.category.group, at), topic).or_refuse()
        put_on(topic, tags)


def rename(*, actor: Member, tag: Tag, name: str) -> Tag:
    """Call it `name`. Where there is such a tag, the two become one, and the old address leads on. May run twice."""
    may_rename_tags(actor).or_refuse()
    name = text.tidy(name)
    if reason := text.problem(name):
        no(reason).or_refuse()
    with transaction.atomic():
        if text.key(name) == tag.key:
            Tag.objects.filter(pk=tag.pk).update(name=name)
            kept = tag
        elif (kept := choose(actor, [name])[0]).pk == tag.pk:
            _take_back(kept, name)
        else:
            Tag.objects.filter(merged_into=tag).update(merged_into=kept)
            Tag.objects.filter(pk=tag.pk).update(merged_into=kept)
        _move(tag, kept)
        changed(EVERYTHING)
        kept.refresh_from_db()
    return kept


def _take_back(tag: Tag, name: str) -> None:
    """One that was merged into this tag gives its name to it, and leads on to it under the other."""
    key = text.key(name)
    gone, _ = Tag.objects.filter(key=key, merged_into=tag).delete()
    Tag.objects.filter(pk=tag.pk).update(name=name, key=key)
    if gone:
        Tag.objects.create(name=tag.name, key=tag.key, merged_into=tag)


def _move(tag: Tag, kept: Tag) -> None:
    """All topics of one tag carry the other, once; their lines say so."""
    concerned = Topic.objects.filter(taggings__tag=tag).order_by("pk")
    topics = list(concerned.select_for_update(of=("self",)).values_list("pk", flat=True))
    if tag.pk != kept.pk:
        here = Tagging.objects.filter(tag=tag)
        here.filter(topic__in=Tagging.objects.filter(tag=kept).values("topic")).delete()
        here.update(tag=kept)
        _follow(tag, kept)
    lines: dict[int, list[str]] = {pk: [] for pk in topics}
    rows = Tagging.objects.filter(topic__in=topics).order_by("topic", "position")
    for pk, name in rows.values_list("topic", "tag__name"):
        lines[pk].append(name)
    changed = [Topic(pk=pk, tag_line=line_of(names)) for pk, names in lines.items()]
    Topic.objects.bulk_update(changed, ["tag_line"], batch_size=500)


def _follow(tag: Tag, kept: Tag) -> None:
    """Who follows one tag follows the other so; a choice for the tag that stays is kept."""
    chose = Follow.objects.filter(tag=kept).exclude(level="").values("member")
    moving = Follow.objects.filter(tag=tag).exclude(level="").exclude(member__in=chose)
    Follow.objects.filter(tag=kept, level="", member__in=moving.values("member")).delete()
    moving.update(tag=kept)
    Follow.objects.filter(tag=tag).delete()


def line_of(names: Iterable[str]) -> str:
    """Names as `Topic.tag_line` keeps them."""
    return ",".join(names)


def _found_or_made(names: Sequence[str], ask: Callable[[list[str]], None]) -> list[Tag]:
    keys = {text.key(name): name for name in names}
    there = _locked(keys)
    if missing := [name for key, name in keys.items() if key not in there]:
        ask(missing)
        # Someone may make the same at this moment: the constraint decides, and neither fails.
        Tag.objects.bulk_create([Tag(name=name, key=text.key(name)) for name in missing], ignore_conflicts=True)
        there = _locked(keys)
    return list(dict.fromkeys(there[key] for key in keys if key in there))


def _locked(keys: Iterable[str]) -> dict[str, Tag]:
    """By key, each led on to what it was merged into."""
    rows = Tag.objects.select_for_update(of=("self",), no_key=True).filter(key__in=keys).order_by("pk")
    return {tag.key: tag.merged_into or tag for tag in rows.select_related("merged_into")}
