"""A ranking as it was on a day, beside today's."""

from flask import render_template
from flask.typing import ResponseReturnValue

from ..pages.guards import actor
from ..services.errors import NotFoundError
from ..services.lots import tenders
from ..services.ranking import replays
from .blueprint import anchor_people, journey
from .words import likelihood


@journey.route("/lots/<id:lot_id>/rankings")
@anchor_people
def show_latest_ranking(lot_id: int) -> ResponseReturnValue:
    """The newest kept ranking; from there the others are reached."""
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    newest = replays.latest(lot)
    if newest is None:
        return render_template("buying/replay.html", lot=lot, replay=None)
    return _page(newest)


@journey.route("/lots/<id:lot_id>/rankings/<id:proposal_id>")
@anchor_people
def show_ranking(lot_id: int, proposal_id: int) -> ResponseReturnValue:
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    return _page(proposal_id, of_lot=lot.id)


def _page(proposal_id: int, *, of_lot: int | None = None) -> ResponseReturnValue:
    found = replays.replay(proposal_id, of=actor().acting_for)
    if of_lot is not None and found.lot.id != of_lot:
        raise NotFoundError
    return render_template("buying/replay.html", lot=found.lot, replay=found, likelihood=likelihood)
