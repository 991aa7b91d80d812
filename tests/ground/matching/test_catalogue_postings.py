"""The inverted index beside a count of every text by hand."""

from collections import Counter
from math import log1p

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.matching.catalogue.postings import LENGTH_SHARE, SATURATION, Postings

TEXTS = st.lists(st.lists(st.sampled_from("abcde"), max_size=6), min_size=1, max_size=12)


def by_hand(texts, weights):
    mean = max(1.0, sum(map(len, texts)) / len(texts))
    scores, full = [0.0] * len(texts), 0.0
    for term, weight in sorted(weights.items()):
        holders = sum(term in text for text in texts)
        if not holders:
            continue
        rarity = log1p((len(texts) - holders + 0.5) / (holders + 0.5))
        full += weight * rarity * (SATURATION + 1)
        for slot, text in enumerate(texts):
            count = text.count(term)
            stretch = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * len(text) / mean)
            scores[slot] += weight * rarity * count * (SATURATION + 1) / (count + stretch) if count else 0.0
    return [score / full if full else 0.0 for score in scores]


@pytest.mark.parametrize("merge_least", [0, 500], ids=["merged at once", "never merged"])
@given(texts=TEXTS, asked=st.dictionaries(st.sampled_from("abcdez"), st.floats(0.5, 3), max_size=4))
@settings(max_examples=40, deadline=None)
def test_the_index_scores_as_counting_every_text_does(merge_least, texts, asked):
    index = Postings(merge_least)
    for slot, text in enumerate(texts):
        index.put(slot, Counter("az"))
        index.score({"a": 1.0})
        index.put(slot, Counter(text))
    assert index.score(asked)[: len(texts)].tolist() == pytest.approx(by_hand(texts, asked))


def test_an_empty_slot_scores_nothing_and_its_terms_are_forgotten():
    index = Postings(0)
    index.put(0, Counter("a"))
    index.score({"a": 1.0})
    index.remove(0)
    index.remove(0)
    assert index.score({"a": 1.0}).sum() == 0
    assert index.rarity("a") == 0
