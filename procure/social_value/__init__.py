"""Social value: what is asked, offered and kept, in counts."""

from .measures import (
    DEFAULT_WEIGHT_PERCENT,
    MEASURES,
    Ask,
    Comparison,
    Measure,
    ValueScore,
    add_offers,
    compare,
    measure_named,
    quantity_named,
)

__all__ = [
    "DEFAULT_WEIGHT_PERCENT",
    "MEASURES",
    "Ask",
    "Comparison",
    "Measure",
    "ValueScore",
    "add_offers",
    "compare",
    "measure_named",
    "quantity_named",
]
