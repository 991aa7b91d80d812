"""Names and words made comparable, and the TF-IDF arithmetic that turns them into nearest neighbours.

Nothing here knows what a text is about. Character grams need no vocabulary: three characters of an alphabet of 37 are a
number, so an index of a million names is only arrays of numbers and can be mapped from disk and shared.
"""

import unicodedata
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

ALPHABET: Final = " abcdefghijklmnopqrstuvwxyz0123456789"
GRAMS: Final = len(ALPHABET) ** 3
WORD_BITS: Final = 20
WORDS: Final = 1 << WORD_BITS

_CODES: Final[NDArray[np.uint8]] = np.zeros(256, dtype=np.uint8)
for _place, _letter in enumerate(ALPHABET):
    _CODES[ord(_letter)] = _place

_SPELT_OUT: Final = str.maketrans({"&": " and ", "+": " and ", "@": " at ", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l"})
_CLOSED_UP: Final = str.maketrans("", "", "'`´‘’ʼ")
_TO_SPACE: Final = {code: " " for code in range(128) if chr(code) not in ALPHABET}


def fold(text: str) -> str:
    """Lower case, accents off, "&" spelt out, apostrophes closed up, anything else but a-z and 0-9 a single space."""
    spelt = text.casefold().translate(_SPELT_OUT).translate(_CLOSED_UP)
    if not spelt.isascii():
        spelt = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode("ascii")
    return " ".join(spelt.translate(_TO_SPACE).split())


@lru_cache(maxsize=1 << 16)
def word_number(word: str) -> int:
    """The number of a word, the same on every machine; one in a million words shares its number with another."""
    return zlib.crc32(word.encode("utf-8")) >> (32 - WORD_BITS)


def gram_counts(folded: Sequence[str]) -> "csr_matrix":
    """Count the three-character grams inside each word, its edges included.

    folded   texts as `fold` leaves them
    returns  len(folded) x GRAMS, float32 counts
    """
    from scipy.sparse import csr_matrix

    letters = _CODES[np.frombuffer("".join(f" {text} " for text in folded).encode("ascii"), dtype=np.uint8)]
    if len(letters) < 3:
        return csr_matrix((len(folded), GRAMS), dtype=np.float32)
    wide = letters.astype(np.int32)
    grams = (wide[:-2] * 37 + wide[1:-1]) * 37 + wide[2:]
    # a blank in the middle means the gram straddles two words or two names
    kept = letters[1:-1] != 0
    owners = np.repeat(np.arange(len(folded)), [len(text) + 2 for text in folded])[1:-1][kept]
    starts = np.searchsorted(owners, np.arange(len(folded) + 1)).astype(np.int32)
    counts = csr_matrix(
        (np.ones(int(kept.sum()), dtype=np.float32), grams[kept], starts), shape=(len(folded), GRAMS), dtype=np.float32
    )
    counts.sum_duplicates()
    return counts


def word_counts(bags: Sequence[Sequence[str]]) -> "csr_matrix":
    """Count words by their number: len(bags) x WORDS, float32."""
    from scipy.sparse import csr_matrix

    starts = np.zeros(len(bags) + 1, dtype=np.int32)
    np.cumsum([len(bag) for bag in bags], out=starts[1:])
    numbers = np.fromiter((word_number(word) for bag in bags for word in bag), dtype=np.int32, count=int(starts[-1]))
    counts = csr_matrix((np.ones(len(numbers), dtype=np.float32), numbers, starts), shape=(len(bags), WORDS))
    counts.sum_duplicates()
    return counts


def rarity(counts: "csr_matrix") -> NDArray[np.float32]:
    """Inverse document frequency of every column, smoothed, as scikit-learn's TF-IDF defines it."""
    from sklearn.feature_extraction.text import TfidfTransformer

    return np.asarray(TfidfTransformer(smooth_idf=True).fit(counts).idf_, dtype=np.float32)


def rarity_of_holders(holders: NDArray[np.int64], texts: int) -> NDArray[np.float32]:
    """The same as `rarity`, where it is known how many of the texts hold each column and no matrix is at hand."""
    return np.asarray(np.log((1 + texts) / (1 + holders)) + 1, dtype=np.float32)


def weigh(counts: "csr_matrix", idf: NDArray[np.float32]) -> "csr_matrix":
    """TF-IDF rows of length one: count x rarity, divided by the row's length.

    A row's numbers do not depend on the rows beside it: bincount adds one by one, where other sums of numpy group
    by the place in memory and differ in the last digit from batch to batch.
    """
    weighed = counts.copy()
    weighed.data *= idf[weighed.indices]
    sizes = np.diff(weighed.indptr)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    squares = np.bincount(rows, weights=weighed.data.astype(np.float64) ** 2, minlength=len(sizes))
    weighed.data /= np.sqrt(squares)[rows].astype(np.float32)
    return weighed


def nearest(queries: "csr_matrix", postings: "csr_matrix", *, top: int, threads: int = 1) -> "csr_matrix":
    """The `top` columns of postings with the greatest dot product for every query, best first.

    queries   n x features, postings  features x documents, both float32
    returns   n x documents, at most `top` values a row; ties are cut by the kernel, so callers order them again
    """
    from sp_matmul_rs import sp_matmul_topn

    return sp_matmul_topn(queries, postings, top_n=top, sort=True, threshold=0.0, n_threads=threads)
