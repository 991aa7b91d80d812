"""The page on what would open more work to an enterprise."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from ..models import Consortium
from ..pages.guards import actor
from ..services.consortia import consortia
from ..services.enterprises import enterprises
from ..services.ranking import ladders
from .blueprint import enterprise_people, journey

LOTS_SHOWN = 5


@journey.route("/ladder")
@enterprise_people
def show_ladder() -> ResponseReturnValue:
    """Rung by rung: what to get, what it opens, who would do instead."""
    enterprise = enterprises.find(actor().acting_for)
    return render_template(
        "supplying/ladder.html", enterprise=enterprise, ladder=ladders.ladder_for(enterprise), shown=LOTS_SHOWN,
        lots_address=url_for(".list_matches"), bids=_bids(enterprise.organisation_id),
    )  # fmt: skip


def _bids(organisation_id: int) -> dict[int, Consortium]:
    """Lot > a living consortium for it in which this enterprise is a member or invited."""
    rooms = consortia.rooms_of(organisation_id)
    return {one.lot_id: one for one in rooms if one.lot_id is not None and one.dissolved_at is None}
