"""One supplier number, within one publisher, is one organisation: what one line says helps the others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from procure.matching.payees.answers import Candidate, Identification, Query

MOST_NAMES: Final = 6
"""A number under which more names than this are paid is a collective account, and says nothing."""


def agree_by_supplier(queries: Sequence[Query], answers: Sequence[Identification]) -> list[Identification]:
    """The answers, those of one supplier number made to agree.

    queries  of one publisher only; answers  what `identify` said to each
    returns  where the sure answers of a number are one organisation, lines unsure of it are linked to it too, if it was
             among their candidates, else a person is asked; where the sure answers contradict, a person is asked
    """
    together: dict[str, list[int]] = defaultdict(list)
    for place, query in enumerate(queries):
        if query.supplier_id:
            together[query.supplier_id].append(place)
    agreed = list(answers)
    for places in together.values():
        if 1 < len({queries[place].name for place in places}) <= MOST_NAMES:
            _agree(places, agreed)
    return agreed


def _agree(places: Sequence[int], answers: list[Identification]) -> None:
    sure = [answers[place].candidates[0] for place in places if answers[place].decision == "accept"]
    for place in places:
        answer = answers[place]
        if len({best.entity for best in sure}) > 1:
            if answer.decision == "accept":
                answers[place] = _asked(answer, "Lines of this supplier number are linked to different organisations")
        elif sure and answer.decision != "accept" and answer.kind != "person":
            answers[place] = _following(answer, max(sure, key=lambda best: best.probability))


def _following(answer: Identification, best: Candidate) -> Identification:
    own = next((each for each in answer.candidates if each.entity == best.entity), None)
    if own is None:
        candidates = (replace(best, probability=0.5), *_below(0.5, answer.candidates))
        told = f"Another line of the same supplier number is {best.name}"
        return replace(answer, candidates=candidates, decision="review", reason=told)
    rest = _below(1 - best.probability, (each for each in answer.candidates if each is not own))
    return replace(
        answer,
        candidates=(replace(own, probability=best.probability), *rest),
        decision="accept",
        reason="Another line of the same supplier number is surely this organisation",
    )


def _below(left: float, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Other candidates share what probability is left."""
    held = tuple(candidates)
    share = min(1.0, left / max(sum(each.probability for each in held), 1e-9))
    return tuple(replace(each, probability=each.probability * share) for each in held)


def _asked(answer: Identification, why: str) -> Identification:
    return replace(answer, decision="review", reason=why)
