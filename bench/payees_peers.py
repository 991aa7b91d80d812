"""Other ways to link payees, each as its makers mean it: a register and names in, an organisation and a score out."""

from collections.abc import Callable, Sequence

from procure.matching.payees import RegisterRow
from procure.matching.payees.names import read
from procure.matching.text import fold

Answer = tuple[str, float]


def by_exact_name(register: Sequence[RegisterRow], queries: Sequence[str]) -> list[Answer]:
    """The organisation whose name is the same once spelt out."""
    known: dict[str, str] = {}
    for row in register:
        known.setdefault(read(row.name).text, row.entity)
    return [(known.get(read(query).text, ""), float(read(query).text in known)) for query in queries]


def by_rapidfuzz(register: Sequence[RegisterRow], queries: Sequence[str]) -> list[Answer]:
    """Brute force, words in any order."""
    from rapidfuzz import fuzz, process

    names = [fold(row.name) for row in register]
    found = [process.extractOne(fold(query), names, scorer=fuzz.token_sort_ratio) for query in queries]
    return [(register[best[2]].entity, best[1] / 100) for best in found]


def by_tfidf(register: Sequence[RegisterRow], queries: Sequence[str]) -> list[Answer]:
    """Cosine of three-letter runs, as scikit-learn counts them."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3))
    rows = vectors.fit_transform([fold(row.name) for row in register]).T.tocsr()
    told = vectors.transform([fold(query) for query in queries])
    answers = []
    for start in range(0, told.shape[0], 200):
        block = (told[start : start + 200] @ rows).toarray()
        best = block.argmax(axis=1)
        answers += [(register[int(row)].entity, float(block[place, row])) for place, row in enumerate(best)]
    return answers


def by_string_grouper(register: Sequence[RegisterRow], queries: Sequence[str]) -> list[Answer]:
    """string_grouper's own matching, at its lowest useful threshold."""
    import pandas as pd
    from string_grouper import match_most_similar

    master = pd.Series([row.name for row in register])
    ids = pd.Series([row.entity for row in register])
    found = match_most_similar(
        master,
        pd.Series(list(queries)),
        master_id=ids,
        duplicates_id=pd.Series(range(len(queries))),
        min_similarity=0.5,
    )
    return [(str(entity), 1.0) for entity in found["most_similar_master_id"]]


def by_sparse_dot_topn(register: Sequence[RegisterRow], queries: Sequence[str]) -> list[Answer]:
    """sparse_dot_topn's candidates, ranked again by rapidfuzz."""
    from rapidfuzz import fuzz
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3))
    names = [fold(row.name) for row in register]
    rows = vectors.fit_transform(names)
    near = sp_matmul_topn(vectors.transform([fold(query) for query in queries]), rows.T.tocsr(), top_n=10)
    answers = []
    for place, query in enumerate(queries):
        found = near.indices[near.indptr[place] : near.indptr[place + 1]]
        scored = [(fuzz.token_sort_ratio(fold(query), names[row]) / 100, -int(row)) for row in found]
        score, row = max(scored, default=(0.0, 0))
        answers.append((register[-row].entity, score))
    return answers


PEERS: dict[str, Callable[[Sequence[RegisterRow], Sequence[str]], list[Answer]]] = {
    "exact after normalising": by_exact_name,
    "rapidfuzz, brute force": by_rapidfuzz,
    "TF-IDF, three letters": by_tfidf,
    "string_grouper": by_string_grouper,
    "sparse_dot_topn + rapidfuzz": by_sparse_dot_topn,
}
