"""Fit the word weights of the CPV groups: python -m scripts.fit_code_words CPV.csv

CPV holds the columns `code` and `name`, a row for every code of Regulation (EC) 213/2008. Each name, and each everyday
phrase of ours, is a lesson for the group of its code. No notice is read, so the weights hold nothing of any buyer's.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from procure.matching.categories.code_words import CODE_WORDS_FILE, GROUP_DIGITS, group_words
from procure.matching.categories.divisions import words_and_pairs
from procure.matching.categories.notices import own_rows

MARGIN_COST = 0.3
LEAST_TENTHS = 2


def main(path: str) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    with Path(path).open(newline="", encoding="utf-8") as stream:
        lessons = [(row["name"], row["code"][:GROUP_DIGITS]) for row in csv.DictReader(stream)]
    # a whole division has a code of its own, which ends in noughts
    lessons += group_words() + [(row.text, row.labels[0].ljust(GROUP_DIGITS, "0")) for row in own_rows(2)]
    table = TfidfVectorizer(analyzer=words_and_pairs, sublinear_tf=True)
    measured = table.fit_transform([text for text, _ in lessons])
    model = LinearSVC(C=MARGIN_COST, random_state=0).fit(measured, [group for _, group in lessons])
    CODE_WORDS_FILE.write_text(_as_json(table, model), encoding="utf-8")


def _as_json(table: Any, model: Any) -> str:
    """One line a word, so that a change of weights can be read in a review; tenths, and nothing below two tenths."""
    lines = []
    tenths = np.rint(model.coef_ * 10).astype(int)
    for column, word in enumerate(table.get_feature_names_out()):
        pairs = [[int(row), int(tenths[row, column])] for row in np.flatnonzero(abs(tenths[:, column]) >= LEAST_TENTHS)]
        if pairs:
            held = json.dumps([round(float(table.idf_[column]), 1), pairs], separators=(",", ":"))
            lines.append(f"{json.dumps(word)}:{held}")
    bias = [round(float(value), 2) for value in model.intercept_]
    head = f'{{"groups": {json.dumps([str(group) for group in model.classes_])},\n"bias": {json.dumps(bias)},\n'
    return head + '"words": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    main(sys.argv[1])
