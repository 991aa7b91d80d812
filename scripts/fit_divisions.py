"""Fit the word weights of the CPV divisions: python -m scripts.fit_divisions TRAIN.json [MORE.json ...]

TRAIN holds rows with `text`, `cpv` and `buyer`. Of their words and pairs of words only those that at least twenty
buyers used are kept, so that nothing of a single organisation's is shipped. The official names and our own everyday
words teach beside them, a phrase a lesson.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from procure.matching.categories.division_names import DIVISION_NAMES
from procure.matching.categories.divisions import WEIGHTS_FILE, words_and_pairs
from procure.matching.categories.keywords import KEYWORDS

LEAST_BUYERS = 20
LONGEST_TEXT = 2_000
BUYER_DISCOUNT = 0.3
OWN_WEIGHT = 1.0


def main(paths: list[str]) -> None:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import normalize

    rows = [row for path in paths for row in json.loads(Path(path).read_text(encoding="utf-8"))]
    lessons = own_lessons()
    texts = [Counter(words_and_pairs(row["text"][:LONGEST_TEXT])) for row in rows]
    ours = [Counter(words_and_pairs(text)) for text, _ in lessons]
    users = defaultdict(set)
    for row, counts in zip(rows, texts, strict=True):
        for word in counts:
            users[word].add(row["buyer"])
    shared = {word for word, buyers in users.items() if len(buyers) >= LEAST_BUYERS}
    words = sorted(shared.union(*ours))
    place = {word: column for column, word in enumerate(words)}
    holders = Counter(word for counts in texts for word in counts)
    rarity = np.array([round(float(np.log((1 + len(rows)) / (1 + holders[word])) + 1), 2) for word in words])
    every = texts + ours
    cells = [(row, place[word], n) for row, counts in enumerate(every) for word, n in counts.items() if word in place]
    at, column, count = (np.array(part) for part in zip(*cells, strict=True))
    table = csr_matrix(((1 + np.log(count)) * rarity[column], (at, column)), shape=(len(every), len(words)))
    buyers = Counter(row["buyer"] for row in rows)
    weights = np.array([buyers[row["buyer"]] ** -BUYER_DISCOUNT for row in rows])
    weights = np.concatenate([weights / weights.mean(), np.full(len(ours), OWN_WEIGHT)])
    model = LogisticRegression(C=4.0, max_iter=200)
    model.fit(
        normalize(table),
        [row["cpv"][:2] for row in rows] + [division for _, division in lessons],
        sample_weight=weights,
    )
    WEIGHTS_FILE.write_text(_as_json(words, rarity, model), encoding="utf-8")


def own_lessons() -> list[tuple[str, str]]:
    """Short texts of ours and the division each teaches: the official name and every phrase of the word list."""
    named = [(name, division) for division, name in DIVISION_NAMES.items()]
    return named + [(phrase, division) for division, phrases in KEYWORDS.items() for phrase in phrases.split(", ")]


def _as_json(words: list[str], rarity: np.ndarray, model: object) -> str:
    """One line a word, so that a change of weights can be read in a review; tenths, and nothing below two tenths."""
    lines = []
    for column, word in enumerate(words):
        tenths = np.rint(model.coef_[:, column] * 10).astype(int)
        pairs = [[int(row), int(tenths[row])] for row in np.flatnonzero(np.abs(tenths) >= 2)]
        lines.append(f"  {json.dumps(word)}: {json.dumps([float(rarity[column]), pairs], separators=(',', ':'))}")
    divisions = {division: DIVISION_NAMES[division] for division in model.classes_}
    bias = [round(float(value), 2) for value in model.intercept_]
    head = f'{{"divisions": {json.dumps(divisions)},\n"bias": {json.dumps(bias)},\n'
    return head + '"words": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    main(sys.argv[1:])
