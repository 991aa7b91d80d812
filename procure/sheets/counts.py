"""What the lines of one sheet of a ledger were."""

from collections import Counter
from dataclasses import dataclass, field

Fault = tuple[str | None, str, str]  # heading, value, message


@dataclass
class SheetCounts:
    """What the lines of one sheet were, besides the payments that were sent on.

    refused_rows  (row, cells, faults)
    non_data      (row, kind, text)
    totals        (row, pence the line says, pence of the payments above it)
    """

    counts: Counter[str] = field(default_factory=Counter)
    problems_total: int = 0
    refused_rows: list[tuple[int, list[str], list[Fault]]] = field(default_factory=list)
    non_data: list[tuple[int, str, str]] = field(default_factory=list)
    totals: list[tuple[int, int, int]] = field(default_factory=list)
