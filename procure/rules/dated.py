"""The table of dated rules: what was in force on a day, with its source."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "thresholds.json").read_text(encoding="utf-8"))


def edition() -> date:
    """The day the table was last put together."""
    return date.fromisoformat(_table()["edition"])


def in_force(section: str, buyer: str, on: date) -> Iterator[dict[str, Any]]:
    """Rows of a section that bind this kind of buyer on this day."""
    for row in _table()[section]:
        until = row["to"]
        if buyer in row["buyers"] and row["from"] <= on.isoformat() and (until is None or on.isoformat() <= until):
            yield row
