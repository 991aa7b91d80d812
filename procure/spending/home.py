"""The home of an anchor's people: what needs them, the figures that matter, what happened lately."""

from typing import Any

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from ..pages.guards import actor, who
from ..services.actors import Actor
from ..services.home import activity, attention
from ..services.shares import areas, shares
from ..services.shift import shift
from .journey import ANCHOR, FINANCE, READERS, journey

PLACES = {
    "ledger": ("spending.show_ledger", "ledger_id"),
    "payees": ("spending.list_payees", None),
    "check": ("spending.list_payees", None),
    "watch": ("spending.list_watchers", None),
    "add ledger": ("spending.new_ledger", None),
    "area": ("spending.list_areas", None),
    "add lot": ("buying.new_lot", None),
    "interest": ("buying.show_lot", "lot_id"),
    "draft": ("buying.show_lot", "lot_id"),
}
"""Where each kind of task is done."""
SUBJECTS = {
    "lot": ("buying.show_lot", "lot_id"),
    "ledger": ("spending.show_ledger", "ledger_id"),
}
"""Where what happened to a lot or a ledger is seen; buyers open no ledgers."""


@journey.route("")
@who(*ANCHOR)
def home() -> ResponseReturnValue:
    me = actor()
    area = areas.headline(me.acting_for)
    return render_template(
        "spending/home.html",
        tasks=[(task, address_of(task)) for task in attention.tasks_of(me)],
        area=area,
        may_say_local=me.may(*FINANCE),
        share=shares.local_spend(me.acting_for, areas.shape(area)) if area else None,
        run=shift.current(me.acting_for),
        confirmed_pence=shares.confirmed_pence(me.acting_for),
        to_settle=shares.pence_to_settle(me.acting_for),
        activity=[(event, _page_of(event, me)) for event in activity.lately(me.acting_for)],
    )


def _page_of(event: activity.Event, me: Actor) -> str | None:
    """Where what an event was about is seen; None where it has no name here, or this person may not."""
    if event.subject is None or event.title is None:
        return None
    kind, number = event.subject
    if kind == "ledger" and not me.may(*READERS):
        return None
    endpoint, name = SUBJECTS[kind]
    values: dict[str, Any] = {name: number}
    return url_for(endpoint, **values)


def address_of(task: attention.Task) -> str | None:
    endpoint, name = PLACES[task.kind]
    if endpoint not in current_app.view_functions:
        return None
    values: dict[str, Any] = {name: task.about} if name else {}
    return url_for(endpoint, **values)
