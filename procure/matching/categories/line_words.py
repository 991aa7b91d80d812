"""A ledger line as numbers: its words, its supplier's name, its department, and what they suggest about the trade."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from procure.matching.categories.divisions import division_probabilities, shipped_weights
from procure.matching.categories.rows import CategoryRow

Floats = NDArray[np.float64]

TEXT_RUNS_WEIGHT = 0.5
UNIT_WEIGHT = 0.6
LINE_TRADE_WEIGHT = 0.7
SUPPLIER_TRADE_WEIGHT = 0.5


@dataclass(frozen=True)
class LineTables:
    """What counts the words of lines like those it was made for."""

    tables: tuple[Any, ...]

    def measure(self, rows: Sequence[CategoryRow]) -> Any:
        """Lines by features, sparse."""
        from scipy.sparse import csr_matrix, hstack

        weights = (1.0, 1.0, 1.0, TEXT_RUNS_WEIGHT, UNIT_WEIGHT)
        counted = [
            table.transform(texts) * weight
            for table, texts, weight in zip(self.tables, _columns(rows), weights, strict=True)
        ]
        line = _trade([f"{row.supplier} {row.text}" for row in rows]) * LINE_TRADE_WEIGHT
        supplier = _trade([row.supplier for row in rows]) * SUPPLIER_TRADE_WEIGHT
        return hstack([*counted, csr_matrix(line), csr_matrix(supplier)]).tocsr()


def line_tables(rows: Sequence[CategoryRow]) -> LineTables:
    from sklearn.feature_extraction.text import TfidfVectorizer

    least = 2 if len(rows) > 200 else 1
    word = r"(?u)\b\w+\b"
    tables = (
        TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), token_pattern=word),
        TfidfVectorizer(sublinear_tf=True, token_pattern=word),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=least),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, min_df=least),
        TfidfVectorizer(analyzer=_as_whole),
    )
    for table, texts in zip(tables, _columns(rows), strict=True):
        # a column that is empty throughout has no words to count: one stand-in keeps its table valid
        table.fit([*texts, "nothing stated", "nothing stated"])
    return LineTables(tables)


def _as_whole(text: str) -> list[str]:
    return [text]


def _columns(rows: Sequence[CategoryRow]) -> tuple[list[str], ...]:
    texts = [row.text.lower() for row in rows]
    suppliers = [row.supplier.lower() for row in rows]
    # a word means much the same in a supplier's name and in a line, so one table counts both together
    both = [f"{supplier} {text}" for supplier, text in zip(suppliers, texts, strict=True)]
    return texts, both, suppliers, texts, [row.unit.lower() for row in rows]


def _trade(texts: Sequence[str]) -> Floats:
    """Roots of the chances of each CPV division by the shipped words: what is bought, even in words no lesson had."""
    none = np.zeros(len(shipped_weights().divisions))
    return np.sqrt([none if told is None else told for told in map(division_probabilities, texts)])
