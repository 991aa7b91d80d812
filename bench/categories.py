"""Score the categories beside the commonest answer and a plain linear classifier.

python -m bench.categories TRAIN.json ROWS.json SCHEME     (SCHEME: cpv:2, cpv:3 or publisher)

TRAIN and ROWS share no buyer (notices) and no supplier (ledger lines). Prints accuracy, macro-F1, the share with the
right answer among three, the calibration error, and how many answers stand when only the sure ones are given.
"""

import sys
import time
from collections import Counter
from pathlib import Path

from procure.cli.match.categories import read_line, read_notice
from procure.cli.match.lots import read_rows
from procure.matching.accuracy import expected_calibration_error
from procure.matching.categories.ledger_lines import learn_ledger_lines
from procure.matching.categories.notices import learn_notices, own_rows
from procure.matching.categories.rows import Answer, CategoryRow

SURE = 0.9


def report(name: str, asked: list[CategoryRow], answers: list[Answer], took: float) -> None:
    from sklearn.metrics import f1_score

    truth = [row.labels[0] for row in asked]
    given = [answer.label for answer in answers]
    right = [one == other for one, other in zip(truth, given, strict=True)]
    three = [t in (a.label, a.second, a.third) for t, a in zip(truth, answers, strict=True)]
    macro = f1_score(truth, given, average="macro", labels=sorted(set(truth)), zero_division=0)
    error = expected_calibration_error([answer.probability for answer in answers], right)
    sure = [is_right for is_right, answer in zip(right, answers, strict=True) if answer.probability >= SURE]
    told = f"{len(sure) / len(right):.3f} sure, right {sum(sure) / max(1, len(sure)):.3f}"
    shares = f"acc {sum(right) / len(right):.3f} macro-F1 {macro:.3f} top-3 {sum(three) / len(three):.3f}"
    print(f"{name:22} n {len(right)} {shares} ECE {error:.3f} {told} {took:.0f} s")


def plain_linear(lessons: list[CategoryRow], asked: list[CategoryRow]) -> list[Answer]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    model = make_pipeline(TfidfVectorizer(sublinear_tf=True), LinearSVC())
    model.fit([f"{row.supplier} {row.text}" for row in lessons], [row.labels[0] for row in lessons])
    return [Answer(str(label), 0.5) for label in model.predict([f"{row.supplier} {row.text}" for row in asked])]


def commonest(lessons: list[CategoryRow], asked: list[CategoryRow]) -> list[Answer]:
    best = Counter(row.labels[0] for row in lessons).most_common(3)
    share = best[0][1] / len(lessons)
    return [Answer(best[0][0], share, best[1][0], best[2][0])] * len(asked)


def main(train: str, rows: str, scheme: str) -> None:
    lessons, asked = read_rows(Path(train)), read_rows(Path(rows))
    if scheme == "publisher":
        lines, questions = [[read_line(row) for row in each] for each in (lessons, asked)]
        for publisher in sorted({row.publisher for row in questions}):
            known = [row for row in lines if row.publisher == publisher and row.labels]
            sought = [row for row in questions if row.publisher == publisher and row.labels]
            others = [row for row in lines if row.publisher != publisher and row.labels]
            compare(known, sought, lambda a, b, c=others: learn_ledger_lines(a, c).answer(b), publisher[:1])
        return
    digits = int(scheme[-1])
    known, sought = [[read_notice(row, digits) for row in each] for each in (lessons, asked)]
    compare(known, sought, lambda a, b: learn_notices(a + own_rows(digits)).answer(b), scheme)


def compare(known: list[CategoryRow], sought: list[CategoryRow], engine: object, name: str) -> None:
    for label, method in (("commonest", commonest), ("plain linear", plain_linear), ("engine", engine)):
        start = time.perf_counter()
        report(f"{name} {label}", sought, method(known, sought), time.perf_counter() - start)


if __name__ == "__main__":
    main(*sys.argv[1:4])
