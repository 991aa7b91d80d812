"""Fit the weights of the lot ranking: python -m scripts.fit_lots PROFILES.json [LATER.json]

Every notice of PROFILES is asked as a lot of its own day, with only the awards of earlier days in sight; who had won
before and wins it is right. Half as many lessons hide all but the titles of past work, so that organisations known
only by what they state are weighed as well. LATER holds lots with `gold`: they are asked beside all of PROFILES.
"""

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from procure.cli.match.lots import read_need, read_offers, read_rows
from procure.matching.catalogue.evidence import MEASURES
from procure.matching.catalogue.offer import Award, Offer
from procure.matching.catalogue.ranking import Catalogue
from procure.matching.catalogue.weighing import WEIGHTS_FILE

FIRST_DAY = "2015-06-01"
# Measures that cannot speak against each other, so that a closer text never lowers the chance.
FIELD_MEASURES = ("title_in_text", "kindred_best", "field_best")
GROUP_DEPTH = 2


def lessons_from(catalogue: Catalogue, lots: list[dict]) -> list[tuple[np.ndarray, np.ndarray, str]]:
    """Measures of the candidates, whether each won, and the day, of every lot whose winner was known before."""
    found = []
    for lot in lots:
        if lot["date"] < FIRST_DAY:
            continue
        gold = set(lot.get("gold") or [supplier["key"] for supplier in lot["suppliers"]])
        evidence = catalogue.evidence(read_need(lot), before=date.fromisoformat(lot["date"][:10]))
        if evidence is None:
            continue
        won = np.array([catalogue.key_of(int(owner)) in gold for owner in evidence.owners])
        if won.any():
            found.append((evidence.measures, won, lot["date"]))
    return found


def with_titles_only(offer: Offer) -> Offer:
    """The offer as one without a history would state it: its awards keep their title and day, and lose all else."""
    bare = [Award(award.title, awarded_on=award.awarded_on, cpv=award.cpv) for award in offer.awards]
    return replace(offer, awards=tuple(bare))


def unlearn_history(measures: np.ndarray) -> np.ndarray:
    """Hide what only awards can tell."""
    hidden = measures.copy()
    for name in ("awards", "awards_shared", "awards_this_year", "elsewhere_awards", "region_awards"):
        hidden[:, MEASURES.index(name)] = 0.0
    for name in ("crowd", "days_since", "days_since_nearest", "value_gap", "value_nearest", "region_share"):
        hidden[:, MEASURES.index(name)] = np.nan
    return hidden


def fit_trees(lessons: list, stated: list, rounds: int = 160) -> list[list[list[float]]]:
    """Boosted trees on the log-odds of winning, candidates of one lot sharing the weight of one lesson."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    known = [(measures, won, 1.0) for measures, won, _ in lessons]
    known += [(unlearn_history(measures), won, 0.3) for measures, won, _ in stated]
    table = np.vstack([measures for measures, _, _ in known])
    truth = np.concatenate([won for _, won, _ in known])
    weight = np.concatenate([np.full(len(won), share / won.sum() ** 0.5) for _, won, share in known])
    model = HistGradientBoostingClassifier(
        max_iter=rounds, learning_rate=0.06, max_leaf_nodes=8, min_samples_leaf=60, l2_regularization=5.0,
        max_features=0.4, early_stopping=False, random_state=0,
    )  # fmt: skip
    model.fit(table, truth, sample_weight=weight)
    trees = [_nodes(step[0].nodes) for step in model._predictors]
    trees[0] = [[*node[:5], node[5] + float(model._baseline_prediction.ravel()[0])] for node in trees[0]]
    return trees


def _nodes(nodes: np.ndarray) -> list[list[float]]:
    """Measure, threshold, left, right, where unknowns go, worth; an inner node is worth the mean of its leaves."""
    worth = [float(node["value"]) for node in nodes]
    for place in reversed(range(len(nodes))):
        node = nodes[place]
        if not node["is_leaf"]:
            sides = [int(node["left"]), int(node["right"])]
            counts = [int(nodes[side]["count"]) for side in sides]
            worth[place] = sum(worth[s] * c for s, c in zip(sides, counts, strict=True)) / sum(counts)
    return [
        [-1, 0, 0, 0, 0, round(worth[place], 5)]
        if node["is_leaf"]
        else [
            int(node["feature_idx"]), round(float(node["num_threshold"]), 5), int(node["left"]), int(node["right"]),
            int(node["missing_go_to_left"]), round(worth[place], 5),
        ]
        for place, node in enumerate(nodes)
    ]  # fmt: skip


def fit_field(stated: list) -> dict:
    """Logistic weights of the chance that a candidate known by titles alone shares the lot's CPV group."""
    from sklearn.linear_model import LogisticRegression

    table = np.vstack([measures for measures, _, _ in stated])
    depth = table[:, MEASURES.index("cpv_best")]
    known = ~np.isnan(depth)
    columns = table[known][:, [MEASURES.index(name) for name in FIELD_MEASURES]]
    model = LogisticRegression(C=1.0, max_iter=500).fit(columns, depth[known] >= GROUP_DEPTH)
    weights = {name: round(float(weight), 4) for name, weight in zip(FIELD_MEASURES, model.coef_[0], strict=True)}
    return {"weights": weights, "bias": round(float(model.intercept_[0]), 4)}


def as_json(lessons: list, stated: list) -> str:
    version = f"{len(lessons)} lots to {max(day for _, _, day in lessons)[:10]}"
    head = {"version": version, "measures": list(MEASURES), "field": fit_field(stated)}
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in fit_trees(lessons, stated))
    return json.dumps(head)[:-1] + ',\n"trees": [\n' + trees + "\n]}\n"


def main(paths: list[str]) -> None:
    profiles = read_rows(Path(paths[0]))
    later = [lot for path in paths[1:] for lot in read_rows(Path(path))]
    offers = read_offers(profiles)
    lots = profiles + later
    lessons = lessons_from(Catalogue(offers), lots)
    stated = lessons_from(Catalogue(map(with_titles_only, offers)), lots)
    WEIGHTS_FILE.write_text(as_json(lessons, stated), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
