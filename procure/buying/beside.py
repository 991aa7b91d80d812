"""Up to four enterprises side by side for one lot."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..pages.guards import actor
from ..services.lots import tenders
from ..services.ranking import candidates
from .blueprint import anchor_people, journey
from .words import DONE_WORDS, FORM_WORDS, GATE_WORDS, GRADE_WORDS, likelihood

LEAST, MOST = 2, 4


@journey.route("/lots/<id:lot_id>/compare")
@anchor_people
def compare_candidates(lot_id: int) -> ResponseReturnValue:
    """Those ticked on the list, in the order of the ranking."""
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    wanted = set(request.args.getlist("with")[:100])
    chosen = [one for one in candidates.candidates_for(lot) if str(one.enterprise.organisation_id) in wanted]
    if not LEAST <= len(chosen) <= MOST:
        flash(f"Tick two, three or four enterprises to compare. You ticked {len(chosen) or 'none'}.", "note")
        return redirect(url_for(".list_candidates", lot_id=lot.id))
    return render_template(
        "buying/compare.html",
        lot=lot,
        chosen=chosen,
        form_words=FORM_WORDS,
        grade_words=GRADE_WORDS,
        gate_words=GATE_WORDS,
        done_words=DONE_WORDS,
        likelihood=likelihood,
    )
