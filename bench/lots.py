"""Rank real later lots beside peers, and time a large catalogue.

python -m bench.lots PROFILES.json LOTS.json [--suppliers 50000]

Prints MRR, hit rates, coverage, long-tail and new-supplier shares of the engine, popularity, CPV codes alone, one
TF-IDF document a supplier and, where bm25s is installed, one BM25 document a supplier. Weights fitted on LOTS
themselves flatter: fit them on PROFILES alone first (python -m scripts.fit_lots PROFILES.json).
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from procure.cli.match.lots import read_need, read_offers, read_rows
from procure.matching.accuracy import coverage, hit_at_k, long_tail_share, mrr
from procure.matching.catalogue import Award, Catalogue, Need, Offer
from procure.matching.catalogue.evidence import cpv_depth

TOP = 50


def document(offer: Offer) -> str:
    return " ".join([*(f"{award.title} {award.description}" for award in offer.awards), *offer.capabilities])


def by_scores(offers: list[Offer], scores: np.ndarray) -> list[str]:
    return [offers[place].key for place in np.argsort(-scores, kind="stable")[:TOP]]


def popularity(offers: list[Offer]) -> Callable[[Need], list[str]]:
    best = by_scores(offers, np.array([len(offer.awards) for offer in offers], dtype=float))
    return lambda need: best


def codes_alone(offers: list[Offer]) -> Callable[[Need], list[str]]:
    held = [[code for award in offer.awards for code in award.cpv] for offer in offers]
    return lambda need: by_scores(offers, np.nan_to_num(np.array([cpv_depth(need.cpv, codes) for codes in held])))


def tfidf_documents(offers: list[Offer]) -> Callable[[Need], list[str]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    table = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    known = table.fit_transform(map(document, offers))
    return lambda need: by_scores(
        offers, (known @ table.transform([f"{need.title} {need.description}"]).T).toarray().ravel()
    )


def bm25_documents(offers: list[Offer]) -> Callable[[Need], list[str]]:
    import bm25s

    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(map(document, offers)), show_progress=False), show_progress=False)

    def rank(need: Need) -> list[str]:
        words = bm25s.tokenize([f"{need.title} {need.description}"], show_progress=False, return_ids=False)[0]
        return by_scores(offers, index.get_scores(words))

    return rank


def engine(offers: list[Offer]) -> Callable[[Need], list[str]]:
    catalogue = Catalogue(offers)
    return lambda need: [match.key for match in catalogue.rank(need, TOP)]


def compare(offers: list[Offer], lots: list[dict]) -> None:
    truths = [set(lot["gold"]) for lot in lots]
    awards = Counter({offer.key: len(offer.awards) for offer in offers})
    for make in (popularity, codes_alone, tfidf_documents, bm25_documents, engine):
        try:
            rank = make(offers)
        except ImportError:
            print(f"{make.__name__:16} not installed")
            continue
        start = time.perf_counter()
        rankings = [rank(read_need(lot)) for lot in lots]
        took = (time.perf_counter() - start) / len(lots)
        hits = " ".join(f"hit@{k} {hit_at_k(rankings, truths, k):.3f}" for k in (1, 5, 10, 50))
        seen, tail = coverage(rankings, awards), long_tail_share(rankings, awards)
        print(f"{make.__name__:16} MRR {mrr(rankings, truths):.3f} {hits} seen {seen:.3f} tail {tail:.3f} {took:.4f} s")


def time_a_large_catalogue(offers: list[Offer], lots: list[dict], suppliers: int) -> None:
    """Suppliers made of shuffled awards of real ones, so that words are spread as they really are."""
    draw = random.Random(7)
    awards: list[Award] = [award for offer in offers for award in offer.awards]
    start = time.perf_counter()
    made = (Offer(f"s{n}", awards=tuple(draw.choices(awards, k=draw.choice((1, 1, 2))))) for n in range(suppliers))
    catalogue = Catalogue(made)
    built = time.perf_counter() - start
    catalogue.rank(read_need(lots[0]))
    took, worked = [], time.process_time()
    for lot in lots[:60]:
        start = time.perf_counter()
        catalogue.rank(read_need(lot))
        took.append(time.perf_counter() - start)
    worked = (time.process_time() - worked) / len(took)
    start = time.perf_counter()
    catalogue.put(Offer("s1", capabilities=("Hospital catering",)))
    changed = time.perf_counter() - start
    median, slow = np.percentile(took, [50, 95])
    print(f"{suppliers} suppliers: built {built:.1f} s, a change {changed:.4f} s")
    print(f"a lot {median:.3f} s (p95 {slow:.3f}), of which {worked:.3f} s of processor time")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("profiles", type=Path)
    parser.add_argument("lots", type=Path)
    parser.add_argument("--suppliers", type=int, default=50_000)
    asked = parser.parse_args()
    known, later = read_offers(read_rows(asked.profiles)), read_rows(asked.lots)
    if asked.suppliers:
        time_a_large_catalogue(known, later, asked.suppliers)
    compare(known, later)
