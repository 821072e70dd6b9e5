"""What meetups tells the floors below when the site starts."""

from django.apps import AppConfig


class MeetupsConfig(AppConfig):
    """The evenings."""

    name = "meetups"

    def ready(self) -> None:
        """Say how our notices read, what to do when someone leaves, what is due by the clock."""
        from community import registry
        from live.registry import register
        from meetups import exports, moderated, notices, streams
        from meetups.actions import departures, invitations, replies, stamps
        from meetups.queries import people
        from notifications.registry import register_enclosure, register_mail_handler

        notices.register()
        moderated.register()
        register(streams.MEETUP)
        register(streams.PROPOSALS)
        registry.on("left", departures.left)
        registry.on("departed", departures.departed)
        registry.on("amended", stamps.amended)
        registry.register_deeds(people.deeds)
        for name, exporter in exports.ALL.items():
            registry.register_export(name, exporter)
        register_enclosure(notices.IN_CALENDARS, invitations.enclose)
        register_mail_handler(invitations.HANDLER, replies.take, judges_sender=True)
        _work()


def _work() -> None:
    from meetups.actions import (
        copies,
        dates,
        imports,
        invitations,
        points,
        programmes,
        promotions,
        reminders,
        requests,
        series,
    )
    from notifications.registry import register_due

    register_due("meetups.series", series.extend)
    register_due("meetups.dates", dates.turn)
    register_due("meetups.offers", promotions.expire)
    register_due("meetups.last_hours", promotions.open_up)
    register_due("meetups.requests", requests.sweep)
    register_due("meetups.invitations", invitations.send)
    register_due("meetups.copies", copies.follow)
    register_due("meetups.imports", imports.sweep)
    register_due("meetups.programmes", programmes.refresh)
    register_due("meetups.reminders", reminders.remind)
    register_due("meetups.topics", points.finish)
    register_due("meetups.points", points.roll_over)
