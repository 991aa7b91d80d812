"""How often matching is right, for everyone to see."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from ..matching.accuracy import Bin
from ..pages.guards import everyone
from ..services.ranking import accuracy
from .journey import journey

METHODS = {"engine": "This ranking", "popularity": "Popularity", "cpv": "CPV codes alone"}
SHIPPED_LOTS = (
    ("This ranking", ".240", ".149", ".339", ".450"),
    ("Popularity", ".012", ".000", ".025", ".035"),
    ("CPV codes alone", ".017", ".007", ".025", ".047"),
)
"""MRR and hits on public lots the weights had not seen: docs/measures/lot-ranking.md."""
SHIPPED_PAYEES = (("right at the first place", ".955"), ("right among the first five", ".985"))
"""On names nothing had seen: docs/measures/payee-accuracy.md."""
SIDE, EDGE = 300, 44
SMALLEST, LARGEST = 4.0, 14.0


@dataclass(frozen=True)
class Point:
    """One tenth of the probabilities, in pixels of the plot."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Plot:
    """What was said (across) against what came true (up); on the line both are the same."""

    points: tuple[Point, ...]
    side: int = SIDE
    edge: int = EDGE

    @property
    def ticks(self) -> list[tuple[str, float, float]]:
        """Words, and where they stand across and up."""
        return [(f"{part}%", _across(part / 100), _up(part / 100)) for part in (0, 25, 50, 75, 100)]


def plot_of(bins: Sequence[Bin]) -> Plot:
    """Circles whose area grows with the number of answers."""
    most = max((one.count for one in bins), default=1)
    grown = LARGEST - SMALLEST
    return Plot(
        tuple(
            Point(_across(one.said), _up(one.was), round(SMALLEST + grown * (one.count / most) ** 0.5, 1))
            for one in bins
        )
    )


def _across(share: float) -> float:
    return round(EDGE + share * SIDE, 1)


def _up(share: float) -> float:
    return round(12 + (1 - share) * SIDE, 1)


@everyone
def show_accuracy() -> ResponseReturnValue:
    found = accuracy.measure()
    return render_template(
        "open_data/accuracy.html",
        ranking=found.ranking,
        lots=found.lots,
        payees=found.payees,
        least=accuracy.LEAST,
        methods=METHODS,
        shipped_lots=SHIPPED_LOTS,
        shipped_payees=SHIPPED_PAYEES,
        lot_plot=plot_of(found.lots.bins),
        payee_plot=plot_of(found.payees.bins),
    )


@journey.record
def _at_the_front(state: BlueprintSetupState) -> None:
    """A short address, outside this journey's folder: it is quoted in print."""
    state.app.add_url_rule("/accuracy", endpoint=f"{journey.name}.show_accuracy", view_func=show_accuracy)
