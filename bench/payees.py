"""Payee linking beside its peers, and against a million names. One command each:

    python bench/payees.py peers --dev FOLDER       accuracy and speed on FOLDER/register.csv and FOLDER/dev.csv
    python bench/payees.py cv --dev FOLDER --out P  held-out answers by five-fold cross-validation, for the scorer
    python bench/payees.py curve --dev FOLDER       held-out F1 from more and more decided names
    python bench/payees.py reasons --dev FOLDER     how much each reason moves the held-out candidates
    python bench/payees.py million [--names N]      speed and memory against N generated names, two processes

Peers that are not installed are left out; string_grouper and sparse_dot_topn go into an environment of their own.
"""

import argparse
import csv
import random
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from payees_peers import PEERS, Answer

from procure.cli.match.fit import read_decided
from procure.cli.match.payees import read_register
from procure.matching.payees import Register, RegisterRow, identify_across, lessons_from
from procure.matching.payees.calibration import calibrate, shares_of_rest, standing
from procure.matching.payees.fitting import Lesson, fold_of, held_out_log_odds
from procure.matching.payees.measure import measure
from procure.matching.payees.places_named import PLACE_WORDS
from procure.matching.payees.signals import REASONS
from procure.matching.payees.trees import grow

TRADES = [
    "CONSULTING",
    "SERVICES",
    "PROPERTIES",
    "CARE",
    "BUILDERS",
    "ELECTRICAL",
    "TRANSPORT",
    "CATERING",
    "CLEANING",
    "DESIGN",
    "TRAINING",
]


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
            own = [register.entities[int(register.entity_of_row[row])] for row in found.rows]
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


def contributions(folder: Path) -> None:
    """Mean distance, in log-odds, by which each reason moved the best candidate."""
    from procure.matching.payees import shipped

    learned = shipped()
    best = [
        lesson.reasons[int(learned.log_odds(lesson.reasons).argmax())] for lesson in _lessons(folder) if lesson.right
    ]
    moved = np.abs(learned.contributions(np.array(best))).mean(axis=0)
    for number in np.argsort(-moved):
        print(f"{REASONS[number].__name__:32s} {moved[number]:.3f}")


def _lessons(folder: Path) -> list[Lesson]:
    return lessons_from(read_decided(folder / "dev.csv"), Register.build(read_register(folder / "register.csv")))


def generated(count: int) -> list[RegisterRow]:
    """Made-up companies: places, syllables and trades, the same every time."""
    chance = random.Random(1)
    starts, vowels, ends = "bcdfghklmnprstw", "aeiou", "nrlstmkdx"
    places = sorted(PLACE_WORDS)

    def surname() -> str:
        syllables = chance.choices((2, 3), (1, 2))[0]
        return "".join(chance.choice(starts) + chance.choice(vowels) for _ in range(syllables)) + chance.choice(ends)

    shapes = ("{s} {t}", "{p} {s} {t}", "{i} {s} {t}", "{s} AND {r}", "{p} {t} {u}")
    return [
        RegisterRow(
            f"X{number:07d}",
            chance.choice(shapes)
            .format(
                s=surname(),
                r=surname(),
                t=chance.choice(TRADES),
                u=chance.choice(TRADES),
                p=chance.choice(places),
                i=" ".join(chance.choices("ABCDEFGHJKLM", k=2)),
            )
            .upper()
            + chance.choice((" LIMITED", " LIMITED", " LTD", " LLP", "")),
        )
        for number in range(count)
    ]


def million(count: int, asked: int, workers: int) -> None:
    """Build, store, map and ask; every third query is a name with letters lost, the rest have noise hung on."""
    rows = generated(count)
    started = time.perf_counter()
    register = Register.build(rows)
    seconds, peak = time.perf_counter() - started, _peak_mb(resource.RUSAGE_SELF)
    print(f"index of {count:,} names: {seconds:.0f} s, peak {peak:,.0f} MB")
    chance = random.Random(2)
    wanted = [replace(row) for row in chance.sample(rows, asked)]
    queries = [
        row.name[: chance.randrange(10, 30)] if n % 3 == 0 else f"{row.name} BACS 0412" for n, row in enumerate(wanted)
    ]
    with tempfile.TemporaryDirectory() as folder:
        register.save(Path(folder))
        del register
        started = time.perf_counter()
        answers = identify_across(queries, Path(folder), workers=workers)
        seconds = time.perf_counter() - started
    right = sum(a.candidates[0].entity == row.entity for a, row in zip(answers, wanted, strict=True) if a.candidates)
    print(f"{asked / seconds:.0f} names/s with {workers} processes, {right / asked:.3f} right at the first place")
    print(f"peak of one worker {_peak_mb(resource.RUSAGE_CHILDREN):,.0f} MB, most of it the mapped register, shared")


def _peak_mb(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def main() -> None:
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("what", choices=("peers", "cv", "curve", "reasons", "million"))
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
    else:
        contributions(told.dev)


if __name__ == "__main__":
    main()
