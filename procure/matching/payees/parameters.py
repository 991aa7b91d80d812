"""What was learned, as a small file of numbers: trees, calibration, thresholds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from procure.matching.payees.calibration import STANDINGS, Calibration, weighted
from procure.matching.payees.signals import REASONS
from procure.matching.payees.trees import Trees, parameters_of, trees_from

SHIPPED = Path(__file__).with_name("parameters.json")


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything learned.

    accept      probability from which a link is made without a person; review  from which a person is asked
    fitted_on   how many decided names taught it
    correction  log-odds for each unit of each reason, on top of the trees: what an installation's officers taught
    """

    trees: Trees
    calibration: Calibration
    accept: float
    review: float
    fitted_on: int
    correction: tuple[float, ...]

    def log_odds(self, reasons: NDArray[np.float64]) -> NDArray[np.float64]:
        """For every candidate (n x reasons), before calibration."""
        return self.trees.log_odds(reasons) + weighted(reasons, self.correction)

    def contributions(self, reasons: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far each reason moved each candidate, n x reasons, in log-odds."""
        return self.trees.contributions(reasons) + reasons * np.array(self.correction)

    def to_json(self) -> str:
        """One readable file; the same parameters always give the same text."""
        lines = {
            "fitted_on": self.fitted_on,
            "accept": self.accept,
            "review": self.review,
            "calibration": {
                "intercept": round(self.calibration.intercept, 5),
                **{name: round(weight, 5) for name, weight in zip(STANDINGS, self.calibration.weights, strict=True)},
            },
            "correction": [round(weight, 5) for weight in self.correction],
            "reasons": [reason.__name__ for reason in REASONS],
            **parameters_of(self.trees),
        }
        return "{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in lines.items()) + "\n}\n"


def parameters_from(text: str) -> Parameters:
    """Read parameters back.

    raises  ValueError where they were learned over other reasons than this code measures
    """
    held: Mapping[str, Any] = json.loads(text)
    names = [reason.__name__ for reason in REASONS]
    if held.get("reasons") != names:
        raise ValueError("these parameters were fitted over other reasons; fit them again")
    curve = held["calibration"]
    return Parameters(
        trees=trees_from(held),
        calibration=Calibration(float(curve["intercept"]), tuple(float(curve[name]) for name in STANDINGS)),
        accept=float(held["accept"]),
        review=float(held["review"]),
        fitted_on=int(held["fitted_on"]),
        correction=tuple(float(weight) for weight in held["correction"]),
    )


@lru_cache(maxsize=1)
def shipped() -> Parameters:
    """The parameters that come with the product."""
    return parameters_from(SHIPPED.read_text(encoding="utf-8"))
