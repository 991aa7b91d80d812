"""A notice as numbers: its words, pairs of words and letter runs, by how telling they are."""

from collections.abc import Sequence
from typing import Any

from procure.matching.categories.divisions import words_and_pairs
from procure.matching.categories.rows import CategoryRow

LONGEST_TEXT = 1_500
LONGEST_STAND_IN = 80
TITLE_LETTERS_WEIGHT = 0.7


def notice_tables(rows: Sequence[CategoryRow]) -> tuple[tuple[Any, ...], Any]:
    """What counts the words and letter runs of notices like these and of their titles; and these, counted."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    least = 2 if len(rows) > 200 else 1
    tables = (
        TfidfVectorizer(analyzer=words_and_pairs, sublinear_tf=True, min_df=least),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=least, max_features=60_000),
        TfidfVectorizer(analyzer=words_and_pairs, sublinear_tf=True, min_df=least),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=least),
    )
    return tables, _beside([table.fit_transform(texts) for table, texts in zip(tables, _texts(rows), strict=True)])


def measure(tables: tuple[Any, ...], rows: Sequence[CategoryRow]) -> Any:
    """Rows by words, runs, title words and title runs, sparse."""
    return _beside([table.transform(texts) for table, texts in zip(tables, _texts(rows), strict=True)])


def _beside(counted: Sequence[Any]) -> Any:
    from scipy.sparse import hstack

    weights = (1.0, 1.0, 1.0, TITLE_LETTERS_WEIGHT)
    return hstack([each * weight for each, weight in zip(counted, weights, strict=True)]).tocsr()


def _texts(rows: Sequence[CategoryRow]) -> tuple[list[str], ...]:
    texts = [row.text[:LONGEST_TEXT] for row in rows]
    # the first words stand for a title that is not there
    titles = [row.title or row.text[:LONGEST_STAND_IN] for row in rows]
    return texts, texts, titles, titles
