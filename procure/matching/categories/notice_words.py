"""A notice as numbers: its words, pairs of words and letter runs, by how telling they are."""

from collections.abc import Sequence
from typing import Any

from procure.matching.categories.divisions import words_and_pairs
from procure.matching.categories.rows import CategoryRow

LONGEST_TEXT = 1_500
LETTERS_WEIGHT = 0.7


def notice_tables(rows: Sequence[CategoryRow]) -> tuple[Any, ...]:
    """What counts the words, letter runs and title words of notices like these."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    least = 2 if len(rows) > 200 else 1
    words = TfidfVectorizer(analyzer=words_and_pairs, sublinear_tf=True, min_df=least)
    runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=least, max_features=60_000)
    titles = TfidfVectorizer(analyzer=words_and_pairs, sublinear_tf=True, min_df=least)
    words.fit([row.text[:LONGEST_TEXT] for row in rows])
    runs.fit([row.text[:LONGEST_TEXT] for row in rows])
    titles.fit([row.title for row in rows])
    return words, runs, titles


def measure(tables: tuple[Any, ...], rows: Sequence[CategoryRow]) -> tuple[Any, Any]:
    """Rows by words, runs and title words; and the same without the runs."""
    from scipy.sparse import hstack

    words, runs, titles = tables
    texts = [row.text[:LONGEST_TEXT] for row in rows]
    said, titled = words.transform(texts), titles.transform([row.title for row in rows])
    return hstack([said, runs.transform(texts) * LETTERS_WEIGHT, titled]).tocsr(), hstack([said, titled]).tocsr()
