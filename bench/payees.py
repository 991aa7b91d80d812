"""Payee linking beside its peers, and against a million names. One command each:

    python bench/payees.py peers --dev FOLDER       accuracy and speed on FOLDER/register.csv and FOLDER/dev.csv
    python bench/payees.py cv --dev FOLDER --out P  held-out answers by five-fold cross-validation, for the scorer
    python bench/payees.py curve --dev FOLDER       held-out F1 from more and more decided names
    python bench/payees.py refit --dev FOLDER       held-out gain from more and more officers' decisions
    python bench/payees.py reasons --dev FOLDER     what each reason is worth on a held-out fifth
    python bench/payees.py million [--names N]      speed and memory against N generated names, two processes

Peers that are not installed are left out; string_grouper and sparse_dot_topn go into an environment of their own.
"""

import argparse
import csv
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from payees_million import million
from payees_peers import PEERS, Answer

from procure.cli.match.fit import read_decided
from procure.cli.match.payees import read_register
from procure.matching.payees import Register, fit, lessons_from, refit
from procure.matching.payees.calibration import calibrate, shares_of_rest, standing
from procure.matching.payees.fitting import Lesson, fold_of, held_out_log_odds
from procure.matching.payees.measure import measure
from procure.matching.payees.signals import REASONS
from procure.matching.payees.trees import grow
from procure.matching.payees.trials import figures, tried


def peers(folder: Path, every: int) -> None:
    """One line for each method: right at the first place, best F1, names a second."""
    register = list(read_register(folder / "register.csv"))
    decided = read_decided(folder / "dev.csv")[::every]
    queries = [known.query for known in decided]
    for name, method in PEERS.items():
        started = time.perf_counter()
        try:
            answers = method(register, queries)
        except ImportError:
            print(f"{name:32s} not installed")
            continue
        seconds = time.perf_counter() - started
        first, best = scores(answers, [set(known.entities) for known in decided])
        print(f"{name:32s} acc@1 {first:.3f}  F1 {best:.3f}  {len(queries) / seconds:8.0f} names/s")
    print("this: run cv and the scorer, because its shipped parameters were fitted on these names")


def scores(answers: Sequence[Answer], truths: Sequence[set[str]]) -> tuple[float, float]:
    """Share right at the first place, and the best F1 over all thresholds."""
    known = sum(bool(truth) for truth in truths)
    right = [entity in truth for (entity, _), truth in zip(answers, truths, strict=True)]
    ranked = sorted(((score, good) for (_, score), good in zip(answers, right, strict=True)), reverse=True)
    good = np.cumsum([good for _, good in ranked])
    best = (2 * good / (np.arange(1, len(ranked) + 1) + known)).max()
    return sum(right) / known, float(best)


def held_out(folder: Path) -> tuple[list[str], list[list[Answer]]]:
    """Every decided name answered by trees and a calibration that saw no name of its organisation."""
    register = Register.build(read_register(folder / "register.csv"))
    decided = read_decided(folder / "dev.csv")
    entities, lessons = [], []
    for start in range(0, len(decided), 500):
        part = decided[start : start + 500]
        for known, found in zip(part, measure([each.query for each in part], register), strict=True):
            own = [register.entities[row] for row in found.rows]
            group = min(known.entities, default=f"none: {known.query}")
            entities.append(own)
            lessons.append(Lesson(group, found.reasons, tuple(each in known.entities for each in own), 1.0))
    useful = [place for place, lesson in enumerate(lessons) if lesson.right]
    told = held_out_log_odds([lessons[place] for place in useful])
    orders = [np.argsort(-odds, kind="stable") for odds in told]
    stands = np.array(
        [standing(o[r], lessons[place].reasons[r]) for place, o, r in zip(useful, told, orders, strict=True)]
    )
    right = np.array([lessons[place].right[int(r[0])] for place, r in zip(useful, orders, strict=True)])
    folds = np.array([fold_of(lessons[place].group) for place in useful])
    answers: list[list[Answer]] = [[("", 0.0)] for _ in decided]
    for number in range(5):
        curve = calibrate(stands[folds != number], right[folds != number].tolist())
        chances = curve.probabilities(stands)
        for at in np.nonzero(folds == number)[0]:
            shares = shares_of_rest(told[at][orders[at]], float(chances[at]))
            ranked = [entities[useful[at]][int(place)] for place in orders[at]]
            answers[useful[at]] = list(zip(ranked, shares, strict=True))[:5]
    return [known.query for known in decided], answers


def cross_validated(folder: Path, out: Path) -> None:
    """query,rank,entity,score of held-out answers."""
    queries, answers = held_out(folder)
    with out.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["query", "rank", "entity", "score"])
        for query, candidates in zip(queries, answers, strict=True):
            writer.writerows((query, rank, *each) for rank, each in enumerate(candidates, start=1))


def learning_curve(folder: Path) -> None:
    """Candidates judged right by trees from a part of four folds, on the fifth."""
    lessons = [lesson for lesson in _lessons(folder) if lesson.right]
    test = [lesson for lesson in lessons if fold_of(lesson.group) == 0]
    rest = [lesson for lesson in lessons if fold_of(lesson.group) != 0]
    random.Random(1).shuffle(rest)
    for count in (100, 300, 1_000, 3_000, len(rest)):
        part = rest[:count]
        reasons = np.vstack([lesson.reasons for lesson in part])
        truths = [right for lesson in part for right in lesson.right]
        trees = grow(reasons, truths, np.ones(len(truths)))
        found = [(lesson, trees.log_odds(lesson.reasons)) for lesson in test]
        answers = [(str(int(odds.argmax())), float(odds.max())) for _, odds in found]
        truth = [{str(place) for place, right in enumerate(lesson.right) if right} for lesson, _ in found]
        first, best = scores(answers, truth)
        print(f"{count:6d} decided names  acc@1 {first:.3f}  F1 {best:.3f}")


def refitting(folder: Path) -> None:
    """What officers' decisions add: parameters from two fifths, decisions from two more, tried on the last."""
    lessons = [lesson for lesson in _lessons(folder) if lesson.right]
    start = fit([lesson for lesson in lessons if fold_of(lesson.group) in (0, 1)])
    decisions = [lesson for lesson in lessons if fold_of(lesson.group) in (2, 3)]
    test = [lesson for lesson in lessons if fold_of(lesson.group) == 4]
    random.Random(1).shuffle(decisions)
    for count in (0, 100, 300, 1_000, len(decisions)):
        told = figures(tried(refit(start, decisions[:count]), test))
        print(
            f"{count:6d} decisions  first place {told.first_right / told.with_counterpart:.4f}  "
            f"surprise {told.log_loss:.4f}  linked {told.linked}, wrongly {told.linked - told.linked_right}"
        )


def contributions(folder: Path) -> None:
    """What each reason is worth: log loss lost on a held-out fifth when its values are dealt out at random."""
    lessons = [lesson for lesson in _lessons(folder) if lesson.right]
    rest = [lesson for lesson in lessons if fold_of(lesson.group) != 0]
    test = [lesson for lesson in lessons if fold_of(lesson.group) == 0]
    trees = grow(np.vstack([lesson.reasons for lesson in rest]), _truths(rest), np.ones(len(_truths(rest))))
    values, truths = np.vstack([lesson.reasons for lesson in test]), np.array(_truths(test))
    whole, chance = _surprise(trees.log_odds(values), truths), np.random.default_rng(1)
    worth = {}
    for number, reason in enumerate(REASONS):
        dealt = values.copy()
        dealt[:, number] = chance.permutation(dealt[:, number])
        worth[reason.__name__] = _surprise(trees.log_odds(dealt), truths) - whole
    for name in sorted(worth, key=lambda name: -worth[name]):
        print(f"{name:32s} {1000 * worth[name]:.2f}")


def _truths(lessons: Sequence[Lesson]) -> list[bool]:
    return [right for lesson in lessons for right in lesson.right]


def _surprise(odds: NDArray[np.float64], truths: NDArray[np.bool_]) -> float:
    return float(np.logaddexp(0, np.where(truths, -odds, odds)).mean())


def _lessons(folder: Path) -> list[Lesson]:
    return lessons_from(read_decided(folder / "dev.csv"), Register.build(read_register(folder / "register.csv")))


def main() -> None:
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("what", choices=("peers", "cv", "curve", "refit", "reasons", "million"))
    command.add_argument("--dev", type=Path)
    command.add_argument("--out", type=Path, default=Path("held_out.csv"))
    command.add_argument("--every", type=int, default=5, help="peers: every n-th name, because brute force is slow")
    command.add_argument("--names", type=int, default=1_000_000)
    command.add_argument("--asked", type=int, default=4_000)
    command.add_argument("--workers", type=int, default=2)
    told = command.parse_args()
    if told.what == "million":
        million(told.names, told.asked, told.workers)
    elif told.what == "cv":
        cross_validated(told.dev, told.out)
    elif told.what == "peers":
        peers(told.dev, told.every)
    elif told.what == "curve":
        learning_curve(told.dev)
    elif told.what == "refit":
        refitting(told.dev)
    else:
        contributions(told.dev)


if __name__ == "__main__":
    main()
