"""Addresses for those who run evenings."""

from django.urls import URLPattern, URLResolver, path

from meetups.urls.evenings import EVENING
from meetups.views import (
    agendas,
    codes,
    door,
    imports,
    plans,
    product_rules,
    questions,
    recaps,
    reminders,
    series,
    slots,
    starts,
    venues,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("groups/new/", starts.start, name="start"),
    path("groups/<slug:slug>/meetups/plan/", plans.plan, name="plan"),
    path("groups/<slug:slug>/meetups/new/", plans.new, name="new"),
    path("groups/<slug:slug>/meetups/series/<int:number>/", series.series, name="series"),
    path("groups/<slug:slug>/meetups/series/<int:number>/cancel/", series.cancel, name="series-cancel"),
    path("groups/<slug:slug>/meetups/import/", imports.begin, name="import"),
    path("groups/<slug:slug>/meetups/import/look/", imports.look, name="import-look"),
    path("groups/<slug:slug>/meetups/reminders/", reminders.plan, name="reminders"),
    path("groups/<slug:slug>/venues/", venues.venues, name="venues"),
    path("groups/<slug:slug>/venues/<int:number>/", venues.venue, name="venue"),
    path(f"{EVENING}edit/", plans.edit, name="edit"),
    path(f"{EVENING}publish/", plans.publish, name="publish"),
    path(f"{EVENING}cancel/", plans.cancel, name="cancel"),
    path(f"{EVENING}write/", reminders.announce, name="announce"),
    path("groups/<slug:slug>/meetups/product-time/", product_rules.rule, name="product-rule"),
    path(f"{EVENING}agenda/order/", agendas.order, name="agenda-order"),
    path(f"{EVENING}agenda/take/", agendas.take, name="agenda-take"),
    path(f"{EVENING}agenda/publish/", agendas.publish, name="agenda-publish"),
    path(f"{EVENING}agenda/<int:item_number>/", slots.item, name="agenda-item"),
    path(f"{EVENING}agenda/<int:item_number>/edit/", slots.edit, name="slot-edit"),
    path(f"{EVENING}agenda/<int:item_number>/confirm/", slots.confirm, name="slot-confirm"),
    path(f"{EVENING}questions/", questions.questions, name="questions"),
    path(f"{EVENING}questions/<int:question_number>/remove/", questions.remove, name="question-remove"),
    path(f"{EVENING}recap/", recaps.recap, name="recap"),
    path(f"{EVENING}check-in/", door.check_in, name="check-in"),
    path(f"{EVENING}check-in/<str:token>/", codes.at_the_door, name="at-the-door"),
    path(f"{EVENING}check-in/door.csv", door.door_csv, name="door-csv"),
]
