"""The page on what would open more work to an enterprise."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from ..pages.guards import actor
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
        lots_address=url_for(".list_matches"),
    )  # fmt: skip
