"""Ledger lines of a publisher that taught nothing: what others file is tried, then its own surest answers teach too."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from procure.matching.categories.chances import chances_of, join_chances
from procure.matching.categories.ledger_lines import learn_trust, payee, remember, teach, together
from procure.matching.categories.line_words import line_tables
from procure.matching.categories.notices import tell
from procure.matching.categories.rows import Answer, CategoryRow

SUREST = 0.6
AGREEMENT = 0.6
"""How often officers of two publishers file the same line alike: no answer to a stranger can be surer."""


def answer_for_stranger(rows: Sequence[CategoryRow], asked: Sequence[CategoryRow]) -> list[Answer]:
    """Answers to a publisher's lines by what other publishers file, under labels that they share.

    Departments and accounts have other names elsewhere. So the surest answers teach what its own words mean, and every
    line is answered again. How sure to be is learned from suppliers' names alone, and no more than publishers agree.

    rows   labelled rows of the others
    asked  the publisher's own lines, given whole; any labels they have are not read
    """
    from scipy.sparse import vstack

    if len({row.labels[0] for row in rows}) < 2:
        raise ValueError("at least two categories are needed to learn from")
    if not asked:
        return []
    tables, names = line_tables([*rows, *asked]), [payee(row) for row in asked]
    known, own = tables.measure(rows), tables.measure(asked)
    whole, supplier = together(own, names)
    by_name = tables.measure([replace(row, text="", unit="") for row in rows])
    sharpness, confidence = learn_trust(rows, known, by_name)
    filing = teach(rows, known)
    first = chances_of(filing.scores(whole), sharpness)[supplier]
    best, guessed = first.max(axis=1), first.argmax(axis=1)
    tutors = np.flatnonzero(best >= np.quantile(best, 1 - SUREST)).tolist()
    lessons = [*rows, *(replace(asked[line], labels=(filing.labels[guessed[line]],)) for line in tutors)]
    taught = teach(lessons, vstack([known, own[tutors]]).tocsr())
    second = chances_of(taught.scores(whole), sharpness)[supplier]
    # the second opinion heard itself: it may choose, but how sure it is must not count for more than the first
    chances = join_chances([first, second])
    memory = remember(rows)
    guesses = tell(filing.labels, chances, confidence)
    found = [memory.recall(row) or guess for row, guess in zip(asked, guesses, strict=True)]
    return [replace(answer, probability=answer.probability * AGREEMENT) for answer in found]
