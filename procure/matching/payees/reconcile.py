"""Who was paid: measured candidates weighed, calibrated, decided and explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from procure.matching.payees.answers import Candidate, Decision, Identification, Query, Signal
from procure.matching.payees.calibration import shares_of_rest, standing
from procure.matching.payees.evidence import NUMBERS, evidence_for, reachable_by_number
from procure.matching.payees.measure import Measured, measure
from procure.matching.payees.parameters import Parameters, shipped
from procure.matching.payees.register import Register
from procure.matching.payees.signals import REASONS, sentence_of
from procure.matching.payees.vetoes import veto
from procure.matching.payees.whom import kind_of

BATCH: Final = 400
SIGNALS_SHOWN: Final = 6
LEAST_WEIGHT: Final = 0.05


def identify(
    queries: Sequence[Query | str],
    register: Register,
    *,
    top: int = 5,
    parameters: Parameters | None = None,
    threads: int = 1,
) -> list[Identification]:
    """Find the registered organisation behind each payee, or say that there is none.

    queries  as ledgers write them; a bare string is a name and nothing else
    top      how many candidates to give, best first, one for each organisation
    returns  one answer a query, in order; probabilities are calibrated on names of organisations not learned from, and
             those of a query's candidates add up to at most 1, the rest being "none of these"
    source   docs/measures/payee-accuracy.md
    """
    learned = parameters or shipped()
    asked = [query if isinstance(query, Query) else Query(query) for query in queries]
    answers: list[Identification] = []
    for start in range(0, len(asked), BATCH):
        part = asked[start : start + BATCH]
        forced = [reachable_by_number(query, register) for query in part]
        measured = measure([query.name for query in part], register, forced=forced, threads=threads)
        answers.extend(_answer_batch(part, measured, register, learned, top))
    return answers


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A query with its measured candidates, their order best first, and their log-odds in that order."""

    query: Query
    measured: Measured
    order: NDArray[np.int64]
    odds: NDArray[np.float64]


def _answer_batch(
    queries: Sequence[Query], measured: Sequence[Measured], register: Register, learned: Parameters, top: int
) -> list[Identification]:
    ranked = _rank(queries, measured, register, learned)
    shown = np.vstack([each.measured.reasons[each.order[:top]] for each in ranked])
    ends = np.cumsum([len(each.order[:top]) for each in ranked])[:-1]
    moved = np.split(learned.contributions(shown), ends)
    return [_answer(each, weights, register, learned) for each, weights in zip(ranked, moved, strict=True)]


def _rank(
    queries: Sequence[Query], measured: Sequence[Measured], register: Register, learned: Parameters
) -> list[_Ranked]:
    """Candidates by what the trees say and what else is known of them; ties go to the earlier register row."""
    told = learned.log_odds(np.vstack([each.reasons for each in measured]))
    ranked = []
    for query, each, odds in zip(
        queries, measured, np.split(told, np.cumsum([len(each.rows) for each in measured])[:-1]), strict=True
    ):
        known = odds + [sum(signal.weight for signal in evidence_for(query, row, register)) for row in each.rows]
        order = np.lexsort((np.array(each.rows), -known))
        ranked.append(_Ranked(query, each, order, known[order]))
    return ranked


def _answer(ranked: _Ranked, weights: NDArray[np.float64], register: Register, learned: Parameters) -> Identification:
    query, measured, order = ranked.query, ranked.measured, ranked.order
    if not len(order):
        return Identification(query.name, (), "none", "No registered name is like it", kind_of(query.name))
    stands = standing(ranked.odds, measured.reasons[order])
    chances = shares_of_rest(ranked.odds, float(learned.calibration.probabilities(stands[None, :])[0]))
    candidates = []
    for rank, moved in enumerate(weights):
        row = measured.rows[order[rank]]
        signals = (*evidence_for(query, row, register), *_signals(moved))
        entity = register.entities[row]
        candidates.append(Candidate(entity, register.names[row], chances[rank], signals))
    against = None if _number_decides(candidates) else veto(measured.pairs[order[0]])
    alike = [chances[rank] for rank, place in enumerate(order) if _same_name(measured, place, order[0])]
    decision = _decide(chances[0], sum(alike), against is not None, learned)
    told = _reason(candidates[0], decision, against)
    return Identification(query.name, tuple(candidates), decision, told, kind_of(query.name))


def _number_decides(candidates: Sequence[Candidate]) -> bool:
    """The ledger states the registration number of the best candidate: its name need not tell it from others."""
    return any(signal.name == NUMBERS and signal.weight > 0 for signal in candidates[0].signals)


def _same_name(measured: Measured, place: int, best: int) -> bool:
    return measured.pairs[place].candidate.text == measured.pairs[best].candidate.text


def _decide(chance: float, together: float, vetoed: bool, learned: Parameters) -> Decision:
    """What to do about the best candidate; `together` is the chance that it is one of those of its name."""
    if chance >= learned.accept:
        return "review" if vetoed else "accept"
    return "review" if together >= learned.review else "none"


def _signals(moved: NDArray[np.float64]) -> tuple[Signal, ...]:
    """The reasons that moved this candidate most, strongest first."""
    strongest = np.argsort(-np.abs(moved), kind="stable")[:SIGNALS_SHOWN].tolist()
    return tuple(
        Signal(REASONS[number].__name__, float(moved[number]), sentence_of(number, float(moved[number])))
        for number in strongest
        if abs(moved[number]) >= LEAST_WEIGHT
    )


def _reason(best: Candidate, decision: Decision, against: str | None) -> str:
    """One sentence: the strongest thing for a link that is offered, the strongest thing against one that is not."""
    if against:
        return against
    wanted = [signal for signal in best.signals if (signal.weight > 0) == (decision != "none")]
    told = "; ".join(signal.sentence for signal in wanted[:2]) or "Nothing speaks clearly for it or against it"
    return told if decision != "review" else f"{told}, but not surely enough"
