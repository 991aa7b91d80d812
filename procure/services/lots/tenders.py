"""Lots: added, changed, opened and closed by the anchor that wants the work done."""

from typing import Any

from sqlalchemy import select, update

from ...extensions import db
from ...jobs import newest_job, queue_job
from ...models import AskedValue, Gate, Job, Lot, Need, Organisation, now
from .. import audit, own
from ..actors import Actor
from ..errors import ConflictError, RefusedError
from .lot_facts import NHS_SOCIAL_VALUE_PERCENT, AskFacts, GateFacts, LotFacts, NeedFacts, completed, faults_in

CHANGEABLE = frozenset({"draft", "open", "invited"})
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "open": (frozenset({"draft"}), "open"),
    "close": (frozenset({"open", "invited"}), "closed"),
    "withdraw": (frozenset({"draft", "open", "invited"}), "withdrawn"),
    "award": (frozenset({"open", "invited", "closed"}), "awarded"),
    "reopen": (frozenset({"closed"}), "open"),
    "restore": (frozenset({"withdrawn"}), "draft"),
}
"""What may be done with a lot: from which states, to which."""


class StaleLotError(ConflictError):
    """Somebody else changed the lot first; both texts are to be shown."""


def find_lot(lot_id: int, *, of: int) -> Lot:
    """A lot of this anchor, in whatever state.

    errors  NotFoundError
    """
    return own.find(Lot, lot_id, of=of)


def usual_social_value_percent(*, of: int) -> int:
    """The weight a new lot of this anchor starts with: what the NHS asks for at least, else none."""
    sector = db.session.scalar(select(Organisation.sector).where(Organisation.id == of))
    return NHS_SOCIAL_VALUE_PERCENT if sector == "nhs" else 0


def add_lot(facts: LotFacts, *, by: Actor, upload_id: int | None = None) -> Lot:
    """Keep a new lot as a draft that only the anchor sees.

    errors  RefusedError listing what is wrong with the facts
    """
    lot = Lot(organisation_id=by.acting_for, title=facts.title, created_by_id=by.person_id, upload_id=upload_id)
    _write(lot, _sound(facts))
    db.session.add(lot)
    db.session.flush()
    audit.note(by, "lot added", lot, title=lot.title, upload=upload_id)
    return lot


def change_lot(lot_id: int, facts: LotFacts, *, version: int, by: Actor) -> Job | None:
    """Replace the facts of a lot whose version the person saw; an open lot is proposed for again.

    returns  the job that proposes, to be woken after the commit; None for a draft
    errors   NotFoundError, StaleLotError, RefusedError
    """
    lot = find_lot(lot_id, of=by.acting_for)
    if lot.state not in CHANGEABLE:
        raise RefusedError(f"This lot is {lot.state}. Only a draft or an open lot can be changed")
    sound = _sound(facts)
    mine = (Lot.id == lot_id, Lot.organisation_id == by.acting_for, Lot.version == version)
    if not _changed(update(Lot).where(*mine, Lot.state.in_(CHANGEABLE)).values(version=version + 1)):
        raise StaleLotError("Somebody changed this lot while you were writing")
    db.session.refresh(lot)
    _write(lot, sound)
    db.session.flush()
    audit.note(by, "lot changed", lot, version=lot.version)
    return propose_later(lot, by=by) if lot.is_visible else None


def move_lot(lot_id: int, move: str, *, by: Actor) -> Job | None:
    """Open, close, withdraw, award, reopen or restore a lot.

    returns  the job that proposes where the lot was opened, to be woken after the commit
    errors   NotFoundError, ConflictError where it is in another state by now
    """
    lot = find_lot(lot_id, of=by.acting_for)
    sources, target = MOVES[move]
    values: dict[str, Any] = {"state": target}
    if move == "open":
        values["opened_at"] = now()
    mine = (Lot.id == lot_id, Lot.organisation_id == by.acting_for)
    if not _changed(update(Lot).where(*mine, Lot.state.in_(sources)).values(**values)):
        raise ConflictError(f"This lot is {lot.state} now, so you cannot {move} it. Look at it again")
    db.session.refresh(lot)
    audit.note(by, f"lot {target}", lot, move=move)
    return propose_later(lot, by=by) if move == "open" else None


def propose_later(lot: Lot, *, by: Actor) -> Job:
    """Queue the work of proposing suppliers; one that already waits for this lot is enough."""
    waiting = db.session.scalar(
        select(Job)
        .where(
            Job.organisation_id == lot.organisation_id,
            Job.kind == "propose",
            Job.subject_id == lot.id,
            Job.state == "queued",
        )
        .limit(1)
    )
    return waiting or queue_job(
        "propose", organisation_id=lot.organisation_id, subject_id=lot.id, person_id=by.person_id
    )


def open_job(kind: str, subject_id: int, *, of: int) -> Job | None:
    """The work of this kind that is waiting, going on or given up for a subject; None where the last one is done."""
    job = newest_job(kind, subject_id, organisation_id=of)
    return job if job is not None and (job.is_open or job.state == "parked") else None


def facts_of(lot: Lot) -> LotFacts:
    """What the buyer said, as it stands now."""
    return LotFacts(
        title=lot.title,
        description=lot.description,
        reference=lot.reference,
        cpv=lot.cpv,
        value_pence=lot.value_pence,
        starts_on=lot.starts_on,
        ends_on=lot.ends_on,
        deadline_on=lot.deadline_on,
        postcode=lot.postcode,
        social_value_percent=lot.social_value_percent,
        form=lot.form,
        needs=tuple(NeedFacts(need.name, need.units, need.unit, need.value_pence, need.cpv) for need in lot.needs),
        gates=tuple(GateFacts(gate.kind, gate.name, gate.amount_pence) for gate in lot.gates),
        asks=tuple(AskFacts(ask.measure, ask.quantity, ask.weight_percent) for ask in lot.asks),
    )


def _sound(facts: LotFacts) -> LotFacts:
    faults = faults_in(facts)
    if faults:
        raise RefusedError(". ".join(fault.advice for fault in faults))
    return completed(facts)


def _write(lot: Lot, facts: LotFacts) -> None:
    for name in (
        "title",
        "description",
        "reference",
        "cpv",
        "value_pence",
        "starts_on",
        "ends_on",
        "deadline_on",
        "postcode",
        "social_value_percent",
        "form",
    ):
        setattr(lot, name, getattr(facts, name))
    _write_needs(lot, facts.needs)
    lot.gates = [Gate(kind=gate.kind, name=gate.name, amount_pence=gate.amount_pence) for gate in facts.gates]
    _write_asks(lot, facts.asks)


def _write_needs(lot: Lot, needs: tuple[NeedFacts, ...]) -> None:
    """A need that keeps its name keeps its row, so that earlier proposals still point at it."""
    known = {need.name: need for need in lot.needs}
    kept = []
    for facts in needs:
        need = known.get(facts.name) or Need(name=facts.name)
        need.cpv, need.unit, need.units, need.value_pence = facts.cpv, facts.unit, facts.units, facts.value_pence or 0
        kept.append(need)
    lot.needs = kept


def _write_asks(lot: Lot, asks: tuple[AskFacts, ...]) -> None:
    """One row a measure, changed in place: two of one measure may not stand side by side even for a moment."""
    known = {ask.measure: ask for ask in lot.asks}
    kept = []
    for facts in asks:
        ask = known.get(facts.measure) or AskedValue(measure=facts.measure)
        ask.quantity, ask.weight_percent = facts.quantity, facts.weight_percent or 0
        kept.append(ask)
    lot.asks = kept


def _changed(statement: Any) -> bool:
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    return bool(result.rowcount)  # type: ignore[attr-defined]
