"""Names that stay out of published files, and what people decide about them."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from ..extensions import db
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services.publishing import redactions
from .journey import FINANCE, READERS, journey

DECISIONS = {"hide": True, "show": False, "rule": None}
SAID = {
    "hide": "{} is now hidden in published files.",
    "show": "{} is now shown in published files.",
    "rule": "The rule decides about {} again.",
}
LONGEST_SEARCH = 200


class NameForm(ProcureForm):
    """One button: what to do with a name, and the search to go back to."""

    decision = HiddenField()
    search = HiddenField()


@journey.route("/names")
@who(*READERS)
def list_names() -> ResponseReturnValue:
    me = actor()
    search = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    found = redactions.paid_names(me.acting_for, search)
    return render_template(
        "open_data/names.html",
        names=found[: redactions.MOST_SHOWN],
        total=len(found),
        search=search,
        may_decide=me.may(*FINANCE),
    )


@journey.route("/names/<id:payee_id>", methods=["POST"])
@who(*FINANCE)
def decide_name(payee_id: int) -> ResponseReturnValue:
    form = NameForm()
    if not form.validate_on_submit() or form.decision.data not in DECISIONS:
        abort(400)
    name = redactions.decide(payee_id, DECISIONS[form.decision.data], by=actor())
    db.session.commit()
    flash(SAID[form.decision.data].format(name), "success")
    return redirect(url_for(".list_names", q=(form.search.data or "")[:LONGEST_SEARCH] or None))
