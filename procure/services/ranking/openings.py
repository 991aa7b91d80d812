"""Which one more answer, certificate or insurance would open the most work to an enterprise."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ...models import Gate
from ...rules import GateResult
from ..lots.gates import gate_label
from .matches import LotMatch

QUESTION_OF = {"turnover": 4, "insurance": 5, "certificate_each": 5, "certificate_any": 5}
HOW_TO_GET = {
    "turnover": "Bid with partners: in a joint bid your turnovers are added up.",
    "insurance": "Ask your broker for a quote. You may not be asked to have the cover in place before the award.",
    "certificate_each": "Ask the awarding body how long it takes, and start before the deadline.",
    "certificate_any": "Get it yourselves, or bid with a partner who holds it.",
}


@dataclass(frozen=True)
class Opening:
    """One gate that alone stands between an enterprise and some lots that fit it.

    is_answer  whether the enterprise has only not said it yet
    is_alone   whether it could carry all of every one of these lots by itself; otherwise it needs partners too
    """

    label: str
    question: int
    is_answer: bool
    is_alone: bool
    lots: int
    value_pence: int
    advice: str


def best_opening(matches: Iterable[LotMatch]) -> Opening | None:
    """The opening worth most; None where nothing stands in the way or more than one thing does everywhere."""
    found: dict[tuple[str, str, bool], list[LotMatch]] = defaultdict(list)
    for match in matches:
        if match.fits and match.is_able and len(match.gates_open) == 1:
            gate, answer = _standing(match)
            found[gate.kind, gate_label(gate), answer.state == "unknown"].append(match)
    openings = [
        Opening(
            label=label,
            question=QUESTION_OF[kind],
            is_answer=is_answer,
            is_alone=all(one.is_alone for one in behind),
            lots=len(behind),
            value_pence=sum(one.lot.value_pence or 0 for one in behind),
            advice=HOW_TO_GET[kind],
        )
        for (kind, label, is_answer), behind in found.items()
    ]
    return max(openings, key=lambda one: (one.value_pence, one.lots, one.label), default=None)


def _standing(match: LotMatch) -> tuple[Gate, GateResult]:
    pairs = zip(match.lot.gates, match.gates, strict=True)
    return next((gate, answer) for gate, answer in pairs if answer.state != "met")


def how_to_get(gate: Gate, answer: GateResult) -> str | None:
    """What to do about a gate that is not met; None where it is."""
    if answer.state == "met":
        return None
    if answer.state == "unknown":
        return f"Answer question {QUESTION_OF[gate.kind]} of your profile, so that we can tell."
    if answer.state == "expired":
        return "Renew it, then give the new end date in question 5 of your profile."
    return HOW_TO_GET[gate.kind]
