"""Which payees of one publisher are one supplier: merged by a person, one organisation, or one name written twice."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from procure.matching.text import fold

_ONE_WAY: Final = {"limited": "ltd", "company": "co", "incorporated": "inc", "corporation": "corp"}


class Known(NamedTuple):
    """What is known of a payee.

    head_id     the payee it was merged into, else itself
    linked_to   the organisation it surely is; None where nobody knows
    may_follow  a name that is the same but for how it is written says who it is: not where the payee is a person, a
                part of a name that was split, or one of whom an officer said that it is none of those proposed
    """

    payee_id: int
    head_id: int
    name: str
    linked_to: tuple[str, int] | None = None
    may_follow: bool = True


@lru_cache(maxsize=1 << 16)
def written_key(name: str) -> str:
    """A name without what tells nobody apart: capitals, accents, signs, spaces in initials, "the", Ltd for Limited."""
    words = fold(name).split()
    joined: list[str] = []
    for place, word in enumerate(words):
        if len(word) == 1 and joined and place and len(words[place - 1]) == 1:
            joined[-1] += word
        elif not (word == "the" and not joined):
            joined.append(_ONE_WAY.get(word, word))
    return " ".join(joined)


def suppliers_among(payees: Iterable[Known]) -> dict[int, int]:
    """For each payee the one that speaks for its supplier: the head with the lowest number, of those linked if any is.

    payees   all of one publisher, so that no head is missing
    returns  payee > payee. Names that are written alike follow what one of them is linked to; where two are linked to
             different organisations, nothing follows from the name
    source   docs/measures/local-share.md
    """
    known = sorted(payees, key=lambda payee: payee.payee_id)
    heads = [payee for payee in known if payee.head_id == payee.payee_id]
    by_name: dict[str, list[Known]] = defaultdict(list)
    speaks: dict[int, int] = {}
    first: dict[tuple[str, int], int] = {}
    for head in heads:
        speaks[head.payee_id] = head.payee_id
        if head.linked_to is not None:
            speaks[head.payee_id] = first.setdefault(head.linked_to, head.payee_id)
        if head.may_follow:
            by_name[written_key(head.name)].append(head)
    for alike in by_name.values():
        if len(alike) > 1:
            _follow_name(alike, speaks)
    linked = {head.payee_id for head in heads if head.linked_to is not None}
    return _one_speaker(known, speaks, linked)


def _follow_name(alike: list[Known], speaks: dict[int, int]) -> None:
    """Join those of a name that nobody linked with the one organisation of that name, or else with one another."""
    sure = {speaks[head.payee_id] for head in alike if head.linked_to is not None}
    unsure = [head.payee_id for head in alike if head.linked_to is None]
    if unsure:
        to = sure.pop() if len(sure) == 1 else unsure[0]
        speaks.update(dict.fromkeys(unsure, to))


def _one_speaker(known: list[Known], speaks: dict[int, int], linked: set[int]) -> dict[int, int]:
    """One head of each supplier in the place of whichever spoke first; merged names follow their head."""
    chosen: dict[int, int] = {}
    for head in sorted(speaks, key=lambda head: (head not in linked, head)):
        chosen.setdefault(speaks[head], head)
    return {payee.payee_id: chosen[speaks[payee.head_id]] for payee in known if payee.head_id in speaks}
