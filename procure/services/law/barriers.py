"""The barrier meter of a lot: whom each gate alone shuts out, what that loses, what might be asked instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ... import rules
from ...models import Job, LawfulAnswer, Lot, Need
from ...rules import Advice, Alternative, Barrier, Gate, Remaining
from ..actors import Actor
from ..errors import ConflictError, RefusedError
from ..lots import tenders
from ..lots.lot_facts import GateFacts
from ..ranking.field import Field, Member, capabilities_of, field_of, units_in
from . import lawful_answers
from .lawful_answers import Given
from .regimes import LawOfLot, circumstances

ACTION_WORDS = {"keep": "Keep it", "change": "Change it", "drop": "Drop it"}


@dataclass(frozen=True)
class Loss:
    """What the enterprises a gate alone shuts out could have carried. unsaid: how many of them state no pounds."""

    pence_a_year: int
    unsaid: int
    units: tuple[tuple[Need, int], ...]


@dataclass(frozen=True)
class Line:
    """One gate on the meter. place: its order in the lot, from 0. seen: id of the answer that stands."""

    place: int
    barrier: Barrier
    loss: Loss
    advice: tuple[Advice, ...]
    alternative: Alternative | None
    answer: LawfulAnswer | None

    @property
    def gate(self) -> Gate:
        return self.barrier.gate

    @property
    def subject(self) -> str:
        return subject_of(self.gate)

    @property
    def shut_out(self) -> int:
        return len(self.barrier.excluded_alone)


@dataclass(frozen=True)
class Meter:
    """The whole page. what_if: whom the gates tried on the page would leave in; None where none were tried."""

    field: Field
    lines: tuple[Line, ...]
    remaining: Remaining
    tried: tuple[Gate, ...]
    what_if: Remaining | None

    @property
    def local(self) -> int:
        return sum(one.is_local for one in self.field.members)

    @property
    def vcse(self) -> int:
        return sum(bool(one.is_vcse) for one in self.field.members)


@dataclass(frozen=True)
class Answered:
    """What a buyer decided about one gate, with what they had before them when they did.

    gate     after a change; ignored otherwise
    seen     id of the answer that stood, 0 where none did
    version  of the lot
    """

    place: int
    subject: str
    action: str
    reason: str
    seen: int
    version: int
    gate: Gate | None = None


def gates_of(lot: Lot) -> list[Gate]:
    return [Gate(one.kind, one.name, one.amount_pence) for one in lot.gates]


def subject_of(gate: Gate) -> str:
    """A gate as the reasons record knows it, whatever its amount: "insurance: Public liability"."""
    kind = "certificate" if gate.kind.startswith("certificate") else gate.kind
    return f"{kind}: {gate.name}"


def read_meter(
    lot: Lot, law: LawOfLot, *, on: date, field: Field | None = None, changes: Mapping[int, Gate | None] | None = None
) -> Meter:
    """The meter as it stands, and beside it what milder or stricter gates would do.

    changes  place of a gate > the gate to try in its place, None to try without it
    """
    field = field or field_of(lot)
    asked, suppliers = gates_of(lot), field.suppliers
    known: dict[Gate, list[str]] = {}
    barriers, remaining = rules.read_meter(asked, suppliers, on, known)
    shut = {key for barrier in barriers for key in barrier.excluded_alone}
    stated = capabilities_of(field.only(shut))
    about = circumstances(lot, law, on=on)
    lines = tuple(
        Line(
            place=place,
            barrier=barrier,
            loss=_loss(lot, field.only(frozenset(barrier.excluded_alone)), stated),
            advice=tuple(rules.advice_for(barrier.gate, about)),
            alternative=rules.alternative_to(barrier.gate, about),
            answer=law.answers.get(("gate", subject_of(barrier.gate))),
        )
        for place, barrier in enumerate(barriers)
    )
    tried = _tried(asked, changes or {})
    what_if = rules.read_meter(tried, suppliers, on, known)[1] if tried != asked else None
    return Meter(field, lines, remaining, tuple(tried), what_if)


def answer_gate(lot_id: int, answered: Answered, *, by: Actor) -> Job | None:
    """Keep, change or drop a gate, and keep the reason.

    returns  the job that proposes again where the gates of an open lot changed, to be woken after the commit
    errors   NotFoundError, RefusedError, ConflictError where the lot or the answer changed meanwhile
    """
    lot = tenders.find_lot(lot_id, of=by.acting_for)
    asked = gates_of(lot)
    place = answered.place
    if lot.version != answered.version or place >= len(asked) or subject_of(asked[place]) != answered.subject:
        raise ConflictError("Somebody changed the gates of this lot while you were looking. Look at them again")
    told, after = _outcome(asked[place], answered)
    given = Given(
        "gate",
        answered.action,
        told,
        answered.seen,
        subject=answered.subject,
        reason=answered.reason,
        detail={"was": asked[place].label, "is": after.label if after else None},
    )
    lawful_answers.keep(lot_id, given, by=by)
    if after == asked[place]:
        return None
    gates = [*asked[:place], *([after] if after else []), *asked[place + 1 :]]
    facts = replace(
        tenders.facts_of(lot), gates=tuple(GateFacts(one.kind, one.name, one.amount_pence) for one in gates)
    )
    return tenders.change_lot(lot_id, facts, version=answered.version, by=by)


def _outcome(gate: Gate, answered: Answered) -> tuple[str, Gate | None]:
    """The decision in words, and the gate as it is afterwards."""
    if answered.action == "keep":
        return f"Kept {gate.label}", gate
    if answered.action == "drop":
        return f"Dropped {gate.label}", None
    if answered.action != "change" or answered.gate is None:
        raise RefusedError("Choose whether to keep, change or drop this gate")
    if answered.gate == gate:
        raise RefusedError("This is what the gate asks already. Change it, or choose to keep it")
    was, becomes = _in_full(gate), _in_full(answered.gate)
    return f"Changed {was} to {becomes}", answered.gate


def _in_full(gate: Gate) -> str:
    return f"{gate.label}{MEMBER_WORDS.get(gate.kind, '')}"


MEMBER_WORDS = {"certificate_each": " (every member)", "certificate_any": " (at least one member)"}


def _tried(asked: Sequence[Gate], changes: Mapping[int, Gate | None]) -> list[Gate]:
    tried = [changes.get(place, gate) for place, gate in enumerate(asked)]
    return [gate for gate in tried if gate is not None]


def _loss(lot: Lot, shut: Sequence[Member], stated: Mapping[str, Sequence[Any]]) -> Loss:
    said = [one.capacity_pence for one in shut if one.capacity_pence is not None]
    units = tuple((need, units_in(shut, need, stated)) for need in lot.needs)
    return Loss(sum(said), len(shut) - len(said), units)
