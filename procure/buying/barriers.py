"""The barrier meter: what each gate shuts out, what milder gates would do, and the buyer's answer to each."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import jobs
from ..extensions import db
from ..pages.forms import MOST_PENCE
from ..pages.guards import actor
from ..rules import Gate, edition
from ..services.errors import ConflictError
from ..services.law import barriers, regimes
from ..services.law.barriers import Answered
from ..services.lots import tenders
from .blueprint import BUYERS, anchor_people, buyers, journey
from .law_forms import GateForm, whole
from .words import GATE_WORDS

KEPT = {"keep": "The gate is kept.", "change": "The gate is changed.", "drop": "The gate is dropped."}


@journey.route("/lots/<id:lot_id>/barriers")
@anchor_people
def show_barriers(lot_id: int) -> ResponseReturnValue:
    """The meter; amounts and drops in the address are tried on the page and change nothing."""
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    law = regimes.law_of(lot, on=date.today())
    asked = barriers.gates_of(lot)
    changes, faults = _changes(asked)
    return render_template(
        "buying/barriers.html",
        lot=lot,
        law=law,
        meter=barriers.read_meter(lot, law, on=date.today(), changes=changes),
        changes=changes,
        faults=faults,
        typed=request.args,
        may_write=actor().may(*BUYERS) and lot.state in tenders.CHANGEABLE,
        edition=edition(),
        gate_words=GATE_WORDS,
        regime_words=regimes.REGIME_WORDS,
        action_words=barriers.ACTION_WORDS,
    )


@journey.route("/lots/<id:lot_id>/barriers/<int:place>", methods=["GET", "POST"])
@buyers
def answer_barrier(lot_id: int, place: int) -> ResponseReturnValue:
    """Keep, change or drop one gate, with a reason."""
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    asked = barriers.gates_of(lot)
    if place >= len(asked) and request.method == "POST":
        raise ConflictError("Somebody changed the gates of this lot while you were looking. Look at them again")
    if place >= len(asked):
        abort(404)
    gate = asked[place]
    law = regimes.law_of(lot, on=date.today())
    subject = barriers.subject_of(gate)
    form = GateForm(
        amount=gate.amount_pence,
        held_by=gate.kind,
        subject=subject,
        version=str(lot.version),
        seen=str(law.seen("gate", subject)),
    )
    form.fit_to(gate)
    if form.validate_on_submit():
        job = barriers.answer_gate(lot_id, _answered(place, form, gate), by=actor())
        db.session.commit()
        if job is not None:
            jobs.wake(job.id)
        flash(f"{KEPT[form.action.data]} Your reason is kept with it.", "success")
        return redirect(url_for(".show_barriers", lot_id=lot_id))
    page = render_template("buying/answer_barrier.html", form=form, lot=lot, gate=gate)
    return (page, 422) if form.is_submitted() else page


def _answered(place: int, form: GateForm, gate: Gate) -> Answered:
    action = form.action.data
    return Answered(
        place=place,
        subject=form.subject.data or "",
        action=action,
        reason=form.reason.data or "",
        seen=form.seen_id,
        version=whole(form.version),
        gate=form.changed(gate) if action == "change" else None,
    )


def _changes(asked: list[Gate]) -> tuple[Mapping[int, Gate | None], dict[int, str]]:
    """What the person tries: place > gate, or None without it; and advice where an amount could not be read."""
    changes: dict[int, Gate | None] = {}
    faults: dict[int, str] = {}
    for place, gate in enumerate(asked):
        if request.args.get(f"drop-{place}"):
            changes[place] = None
        elif gate.amount_pence is None:
            continue
        elif typed := request.args.get(f"amount-{place}", "").strip():
            pence = _pence(typed)
            if pence is None:
                faults[place] = f"{gate.name}: enter an amount in pounds, like 50,000"
            elif pence != gate.amount_pence:
                changes[place] = Gate(gate.kind, gate.name, pence)
    return changes, faults


def _pence(typed: str) -> int | None:
    bare = typed.replace(",", "").removeprefix("£").strip()
    if not (bare.isascii() and bare.replace(".", "", 1).isdigit()):
        return None
    try:
        pence = int(Decimal(bare) * 100)
    except InvalidOperation:
        return None
    return pence if pence <= MOST_PENCE else None
