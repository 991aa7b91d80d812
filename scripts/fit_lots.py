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
from procure.matching.catalogue.weighing import READINGS, WEIGHTS_FILE

FIRST_DAY = "2015-06-01"
# Measures that cannot speak against each other, so that a closer text never lowers the chance.
FIELD_MEASURES = ("title_in_text", "kindred_best", "kind_best", "field_best")
GROUP_DEPTH = 2
# What a lesson without history counts beside one with it; how strongly weights are drawn to 0; what is as good as 0.
STATED_SHARE, SMALLNESS, LEAST_SLOPE = 0.3, 3.0, 1e-4
# Years after which a lesson counts for 1/e of the newest.
FADING_YEARS = 2.0


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


def readings_of(name: str) -> list[tuple[str, float | None, float | None]]:
    """How a measure is read, each with the least and the most its weight may be: a closer text never lowers a score."""
    if name.endswith("_place"):
        return [("plain", None, 0.0)]
    if name.startswith(("text_", "title_", "kindred_", "kind_")) or name in ("field_best", "field_mean"):
        return [("log", 0.0, None)]
    if name.startswith("cpv_"):
        return [("plain", 0.0, None), *([("unknown", None, None)] if name == "cpv_best" else [])]
    if name in ("value_gap", "region_share"):
        size = [("size", None, None)] if name == "value_gap" else []
        return [("plain", None, None), *size, ("unknown", None, None)]
    return [("plain", None, None)]


def fit_weights(lessons: list, stated: list) -> list[list[str | float]]:
    """Conditional logit: of the candidates of a lot one wins, more likely the higher its score.

    Winners share a lot between them, and newer lots count for more.
    """
    newest = max(date.fromisoformat(day[:10]) for _, _, day in lessons)

    def freshness(day: str) -> float:
        return float(np.exp((date.fromisoformat(day[:10]) - newest).days / 365 / FADING_YEARS))

    known = [(measures, won, freshness(day)) for measures, won, day in lessons]
    known += [(unlearn_history(measures), won, STATED_SHARE * freshness(day)) for measures, won, day in stated]
    asked = [(place, *reading) for place, name in enumerate(MEASURES) for reading in readings_of(name)]
    table = np.vstack([measures for measures, _, _ in known])
    table = np.column_stack([READINGS[reading](table[:, place]) for place, reading, _, _ in asked])
    usual, spread = np.nanmean(table, axis=0), np.nanstd(table, axis=0) + 1e-9
    bounds = [(least, most) for _, _, least, most in asked]
    slopes = _most_likely(np.nan_to_num((table - usual) / spread), known, bounds) / spread
    rows = zip(asked, usual, slopes, strict=True)
    return [
        [MEASURES[place], reading, round(float(mean), 5), round(float(slope), 5)]
        for (place, reading, _, _), mean, slope in rows
        if abs(slope) >= LEAST_SLOPE
    ]


def _most_likely(table: np.ndarray, known: list, bounds: list[tuple[float | None, float | None]]) -> np.ndarray:
    """The weights under which those who won were likeliest, kept small; candidates of one lot stand together."""
    from scipy.optimize import minimize

    sizes = [len(won) for _, won, _ in known]
    starts, lot = np.concatenate([[0], np.cumsum(sizes)[:-1]]), np.repeat(np.arange(len(known)), sizes)
    share = np.concatenate([won / won.sum() for _, won, _ in known])
    counts = np.array([count for _, _, count in known])

    def unlikelihood(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = table @ weights
        highest = np.maximum.reduceat(scores, starts)
        odds = np.exp(scores - highest[lot])
        total = np.add.reduceat(odds, starts)
        surprise = counts @ (np.log(total) + highest) - (counts[lot] * share) @ scores
        slope = table.T @ (counts[lot] * (odds / total[lot] - share))
        return surprise + SMALLNESS * (weights @ weights) / 2, slope + SMALLNESS * weights

    start = np.zeros(table.shape[1])
    return minimize(unlikelihood, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x


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
    weights = ",\n".join(json.dumps(weight) for weight in fit_weights(lessons, stated))
    return json.dumps(head)[:-1] + ',\n"weights": [\n' + weights + "\n]}\n"


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
