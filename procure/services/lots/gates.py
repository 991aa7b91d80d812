"""Gates and enterprises as they are remembered, in the words of the rule that checks them."""

from collections.abc import Sequence
from datetime import date

from ... import rules
from ...models import Enterprise, Gate
from ...rules import GateResult

HOLDINGS_QUESTION = 5
"""The question of registration that asks for insurance and certificates."""


def gate_label(gate: Gate) -> str:
    """A gate as people say it: "Public liability of £5,000,000"."""
    return _ruled(gate).label


def check_gate(gate: Gate, enterprise: Enterprise, *, is_shared: bool, on: date) -> GateResult:
    """One gate against one enterprise standing alone.

    is_shared  whether the buyer may know turnover and amounts of insurance; where not, the answer is unknown
    """
    return check_gates([gate], enterprise, is_shared=is_shared, on=on)[0]


def check_gates(gates: Sequence[Gate], enterprise: Enterprise, *, is_shared: bool, on: date) -> tuple[GateResult, ...]:
    """Every gate of a lot in order."""
    holdings = [rules.Holding(one.kind, one.name, one.amount_pence, one.expires_on) for one in enterprise.holdings]
    holdings.append(rules.Holding("turnover", "Turnover", enterprise.turnover_pence))
    asked = [_ruled(gate) for gate in gates]
    has_answered = enterprise.answered >= HOLDINGS_QUESTION
    return tuple(rules.check_gates(asked, holdings, on, is_shared=is_shared, has_answered=has_answered))


def _ruled(gate: Gate) -> rules.Gate:
    return rules.Gate(gate.kind, gate.name, gate.amount_pence)
