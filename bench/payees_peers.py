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
    """string_grouper's own matching, the best match of each name."""
    import pandas as pd
    from string_grouper import match_strings

    names = pd.Series([row.name for row in register])
    found = match_strings(pd.Series(list(queries)), names, max_n_matches=1, min_similarity=0.1)
    answers: list[Answer] = [("", 0.0)] * len(queries)
    for query, row, alike in zip(found["left_index"], found["right_index"], found["similarity"], strict=True):
        answers[query] = (register[row].entity, float(alike))
    return answers


def by_splink(register: Sequence[RegisterRow], queries: Sequence[str]) -> list[Answer]:
    """splink on names alone, trained on the data itself as its makers describe; blocked on words' beginnings."""
    import pandas as pd
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    def table(names: Sequence[str]) -> pd.DataFrame:
        folded = [read(name).text for name in names]
        rows = [
            (place, name, name[:5], name.rpartition(" ")[2], " ".join(sorted(name.split()))[:8])
            for place, name in enumerate(folded)
        ]
        return pd.DataFrame(rows, columns=["unique_id", "name", "begins", "ends", "sorted"])

    rules = [block_on("begins"), block_on("ends", "substr(name, 1, 3)"), block_on("sorted")]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[compare.JaroWinklerAtThresholds("name", [0.97, 0.93, 0.88, 0.8])],
        blocking_rules_to_generate_predictions=rules,
    )
    api = DuckDBAPI()
    tables = [table(queries), table([row.name for row in register])]
    registered = [api.register(each, table_name=name) for each, name in zip(tables, ("asked", "register"), strict=True)]
    linker = Linker(registered, settings)
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("begins"))
    found = linker.inference.predict().as_pandas_dataframe()
    answers: list[Answer] = [("", 0.0)] * len(queries)
    for query, row, chance in zip(found["unique_id_l"], found["unique_id_r"], found["match_probability"], strict=True):
        if chance > answers[query][1]:
            answers[query] = (register[row].entity, float(chance))
    return answers


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
    "splink, names only": by_splink,
    "sparse_dot_topn + rapidfuzz": by_sparse_dot_topn,
}
